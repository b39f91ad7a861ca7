import type { ObjectKey } from "../../../handlers/cloudtrail/notification";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { Fields } from "../../../handlers/json";
import { memberOf } from "./member";

/** What a JSON object turned out to contain. */
export type Opened =
  | { record: CloudTrailRecord }
  /** Values that may be or contain records, including JSON or base64 text. `missing`: columns that a table lacks. */
  | { inside: unknown[]; missing?: string[] }
  /** Log files that a notification names. */
  | { objects: ObjectKey[] }
  /** Understood, and without records by nature: `digest file`. */
  | { passedOver: string }
  /** Recognized, but without the whole record; says what to do instead. */
  | { unusable: string };

/** One of the forms in which records are kept or sent. */
export interface Form {
  /** As in docs/replay.md. */
  name: string;
  /** What an object of this form contains; undefined if it has another form. */
  open(fields: Fields): Opened | undefined;
}

/** A value that may contain a record: an object, or JSON text, perhaps after something else. */
export function holds(value: unknown): boolean {
  return typeof value === "string" ? /[{[]\s*[{"]/.test(value) : typeof value === "object" && value !== null;
}

/** The form of objects that contain records in one of these members. */
export function holder(name: string, ...paths: string[]): Form {
  return {
    name,
    open(fields) {
      for (const path of paths) {
        const value = memberOf(fields, path);
        if (holds(value)) return { inside: [value] };
      }
      return undefined;
    },
  };
}

/** Like {@link holder}, but only for text: in other objects the member is something else. */
export function textHolder(name: string, ...paths: string[]): Form {
  const own = holder(name, ...paths);
  return {
    name,
    open: (fields) =>
      paths.some((path) => typeof memberOf(fields, path) === "string") ? own.open(fields) : undefined,
  };
}

/** The form of objects that have a list in one of these members. */
export function list(name: string, ...members: string[]): Form {
  return {
    name,
    open(fields) {
      const member = members.find((one) => Array.isArray(fields[one]));
      return member === undefined ? undefined : { inside: fields[member] as unknown[] };
    },
  };
}
