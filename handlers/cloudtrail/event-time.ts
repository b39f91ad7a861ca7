import type { CloudTrailRecord } from "./record";

/** When the call was made, epoch ms; NaN when the record does not say. UTC, also where a service leaves the `Z` out. */
export function eventTimeOf(record: CloudTrailRecord): number {
  if (typeof record.eventTime !== "string") return Number.NaN;
  const text = record.eventTime.trim().replace(" ", "T");
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}
