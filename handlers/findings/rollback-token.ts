import { textOf } from "../json";
import { type CloudTrailRecord } from "../cloudtrail/record";

/** Precedes the token of a rollback in the user agent of its calls. */
export const rollbackMark = "cloudtrailer-rollback";

/** The token by which a call identifies itself as a rollback; undefined for any other call. */
export function rollbackTokenOf(record: CloudTrailRecord): string | undefined {
  return /\bcloudtrailer-rollback\/([0-9a-f-]{36})\b/.exec(textOf(record.userAgent) ?? "")?.[1];
}
