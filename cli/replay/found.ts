import type { ObjectKey } from "../../handlers/cloudtrail/notification";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";

/** Receives everything that is found in a text. `line` is where it begins, counted from 1. */
export interface Found {
  record(record: CloudTrailRecord, line: number): void;
  /** A log file that a notification names. */
  object(object: ObjectKey): void;
  /** Something that is understood and has no records by nature: `digest file`. */
  passedOver(what: string): void;
  /** Something that is not a record, in a few words that are the same for others of its kind: `an object with "hello"`. */
  odd(what: string, line: number, example?: string): void;
  /** Something that should be or contain a record, and is damaged. */
  broken(reason: string, line: number): void;
  /** An empty list, say: there is nothing in it, and nothing was missed. */
  nothing(): void;
  /** Something a person should know although nothing is wrong. */
  note(text: string): void;
}

/** Takes records and other good things, and ignores the rest. */
export function quietly({ record, object }: Pick<Found, "record" | "object">): Found {
  const nothing = () => {};
  return { record, object, odd: nothing, broken: nothing, passedOver: nothing, nothing, note: nothing };
}
