import { type CloudTrailRecord, textOf } from "../cloudtrail/record";

/** Precedes the token of an undo in the user agent of its calls. */
export const undoMark = "cloudtrailer-undo";

/** The token by which a call says that it takes a fix back; undefined for any other call. */
export function undoTokenOf(record: CloudTrailRecord): string | undefined {
  return /\bcloudtrailer-undo\/([0-9a-f-]{36})\b/.exec(textOf(record.userAgent) ?? "")?.[1];
}
