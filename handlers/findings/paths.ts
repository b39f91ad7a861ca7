import type { CloudTrailRecord } from "../cloudtrail/record";
import type { Path } from "../detections/finding";
import { type Fields, fieldsOf, plainTextOf, textOf } from "../json";

/** When a path brought a record, and what was missing in it. */
export interface Seen {
  /** ISO, UTC. */
  at: string;
  /** Fields that were omitted because the record is too large. */
  lacks?: string[];
}

/** What the table says about a finding, for lists. */
export interface About extends Fields {
  source?: string;
  /** By path. A path that has not brought the record is missing. */
  seen?: Partial<Record<Path, Seen>>;
}

/** Fields that are omitted, or cut short, if a record is too large. */
const cuttable = ["requestParameters", "responseElements", "additionalEventData"] as const;

/** The fields of a record that were omitted or cut short. */
export function cutFieldsOf(record: CloudTrailRecord): string[] {
  return cuttable.filter((field) => {
    const { omitted, reason } = fieldsOf(record[field]);
    return omitted === true || /too large/.test(plainTextOf(reason));
  });
}

/** What to keep of a record's coming. @param now epoch ms */
export function seenOf(record: CloudTrailRecord, now: number): Seen {
  const lacks = cutFieldsOf(record);
  const at = new Date(now).toISOString();
  return lacks.length === 0 ? { at } : { at, lacks };
}

/**
 * What is known about a finding, with a further path. The log file then is the source: it lasts, and can be verified.
 *
 * @param known the table's text @returns undefined if the path is known already
 */
export function withPath(known: string, { seen = {}, source }: About): string | undefined {
  const about = fieldsOf(JSON.parse(known));
  const before = fieldsOf(about.seen);
  if (Object.keys(seen).every((path) => Object.hasOwn(before, path))) return undefined;
  const both = { ...seen, ...before };
  return JSON.stringify({
    ...about,
    source: seen.logFile === undefined ? (textOf(about.source) ?? source) : source,
    seen: both,
  });
}
