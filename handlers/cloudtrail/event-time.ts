import type { CloudTrailRecord } from "./record";

/** When the call was made, epoch ms; NaN if the record does not say. UTC, even if a service omits the `Z`. */
export function eventTimeOf(record: CloudTrailRecord): number {
  if (typeof record.eventTime !== "string") return Number.NaN;
  const text = record.eventTime.trim().replace(" ", "T");
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}
