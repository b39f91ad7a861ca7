import { fieldsOf, textOf } from "../json";
import { eventTimeOf } from "../cloudtrail/event-time";
import { wasRefused } from "../cloudtrail/record";
import type { Finding } from "../detections/finding";

/** CloudTrail cuts fields above these sizes; what is left may not be what was called. */
const truncatedMarks = ["requestParameters too large", "responseElements too large"];

/**
 * Why a finding may only be told, never fixed, as far as its record shows; undefined when it may be fixed.
 *
 * @param now epoch ms
 * @param containsActor the fix is about who called. A call that was refused shows them as well as one that succeeded; one
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
    return "the call failed, so there is nothing to undo";
  if (record.addendum !== undefined && record.addendum !== null)
    return "the record corrects or repeats an older one, so the state may be of another time";
  for (const field of ["requestParameters", "responseElements"] as const) {
    const fields = fieldsOf(record[field]);
    const reason = textOf(fields.reason) ?? "no reason given";
    if (fields.omitted === true || truncatedMarks.includes(reason))
      return `CloudTrail left the ${field} out (${reason})`;
  }
  const at = eventTimeOf(record);
  if (Number.isNaN(at)) return "the record has no event time, so its age is not known";
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes > maxAgeMinutes)
    return `the call was made ${minutes} minutes ago, and only calls of the last ${maxAgeMinutes} minutes are undone`;
  return undefined;
}
