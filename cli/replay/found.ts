import type { ObjectKey } from "../../handlers/cloudtrail/notification";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";

/** Where everything goes that is found in a text. `line` is where it begins, from 1 on. */
export interface Found {
  record(record: CloudTrailRecord, line: number): void;
  /** A log file that a notification names. */
  object(object: ObjectKey): void;
  /** What is understood and holds no records by its nature: `digest file`. */
  passedOver(what: string): void;
  /** What is no record, in a few words that are the same for others of its kind: `an object with "hello"`. */
  odd(what: string, line: number, example?: string): void;
  /** What should be a record, or hold some, and is damaged. */
  broken(reason: string, line: number): void;
  /** An empty list, say: nothing is in it, and nothing was missed. */
  nothing(): void;
  /** What a person should know, though nothing is wrong. */
  note(text: string): void;
}

/** One that takes records and what else is good, and keeps quiet about the rest. */
export function quietly({ record, object }: Pick<Found, "record" | "object">): Found {
  const nothing = () => {};
  return { record, object, odd: nothing, broken: nothing, passedOver: nothing, nothing, note: nothing };
}
