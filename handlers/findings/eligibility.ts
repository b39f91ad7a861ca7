import { fieldsOf, textOf } from "../json";
import { eventTimeOf } from "../cloudtrail/event-time";
import { wasRefused } from "../cloudtrail/record";
import type { Finding } from "../detections/finding";

/** CloudTrail truncates these fields above a size; what remains may not be what was called. */
const truncatedMarks = ["requestParameters too large", "responseElements too large"];

/**
 * Why a finding may only be alerted, judging by its record alone; undefined if it may be fixed.
 *
 * @param now epoch ms
 * @param containsActor whether the fix is about the caller. A denied call shows them as well as a successful one; a call
 * that failed otherwise may not even have been signed by them.
 */
export function whyOnlyAlert(
  finding: Finding,
  maxAgeMinutes: number,
  now: number,
  containsActor = false,
): string | undefined {
  const { record, match } = finding;
  if (match.couldNotInspect !== undefined) return `the call could not be inspected: ${match.couldNotInspect}`;
  if (match.novelty?.isKnown || match.novelty?.isLearning) return match.novelty.text;
  if ((record.errorCode || record.errorMessage) && !(containsActor && wasRefused(record)))
    return "the call failed, so there is nothing to fix";
  if (record.addendum !== undefined && record.addendum !== null)
    return "the record corrects or repeats an older one, so the live state may be of another time";
  for (const field of ["requestParameters", "responseElements"] as const) {
    const fields = fieldsOf(record[field]);
    const reason = textOf(fields.reason) ?? "no reason given";
    if (fields.omitted === true || truncatedMarks.includes(reason))
      return `CloudTrail omitted the ${field} (${reason})`;
  }
  const at = eventTimeOf(record);
  if (Number.isNaN(at)) return "the record has no event time, so its age is unknown";
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes > maxAgeMinutes)
    return `the call was made ${minutes} minutes ago, and only calls of the last ${maxAgeMinutes} minutes are fixed`;
  return undefined;
}
