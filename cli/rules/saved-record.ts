import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type CloudTrailRecord, nameOf } from "../../handlers/cloudtrail/record";
import { ownFolder, shownPath } from "../../infra/rules/load";
import { redacted } from "./redacted";

/** Where records are saved, in the folder of own rules. */
export const recordsFolder = "records";

/** A record that was saved as an example. */
export interface SavedRecord {
  /** From the project's folder: `own/records/CreateTags-1a2b3c4d.json`. */
  path: string;
  /** From the rules' folder, as examples name it: `records/CreateTags-1a2b3c4d.json`. */
  name: string;
}

/** Saves a record without its secrets, under its event's name and the beginning of its id. The same record is the same file. */
export function saveRecord(record: CloudTrailRecord, folder = join(ownFolder(), recordsFolder)): SavedRecord {
  const file = join(folder, fileNameOf(record));
  const text = `${JSON.stringify(redacted(record), null, 2)}\n`;
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
  return { path: shownPath(file), name: relative(ownFolder(), file) };
}

/** Both parts come from outside, and become a path. */
function fileNameOf(record: CloudTrailRecord): string {
  const name = nameOf(record).replace(/[^A-Za-z0-9]/g, "") || "record";
  const id = String(record.eventID ?? "").replace(/[^A-Za-z0-9]/g, "");
  return `${name.slice(0, 80)}-${id.slice(0, 8) || "0"}.json`;
}
