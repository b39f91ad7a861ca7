import { fieldsOf, textOf } from "../json";
import { eventTimeOf } from "../cloudtrail/event-time";
import { type CloudTrailRecord, wasRefused } from "../cloudtrail/record";
import type { Match } from "../detections/detection";
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
  return (
    whatMatchLeavesOpen(match) ??
    whatFailed(record, containsActor) ??
    whatRecordLacks(record) ??
    whatIsTooOld(record, maxAgeMinutes, now)
  );
}

function whatMatchLeavesOpen({ couldNotInspect, novelty }: Match): string | undefined {
  if (couldNotInspect !== undefined) return `the call could not be inspected: ${couldNotInspect}`;
  return novelty?.isKnown || novelty?.isLearning ? novelty.text : undefined;
}

function whatFailed(record: CloudTrailRecord, containsActor: boolean): string | undefined {
  if (!record.errorCode && !record.errorMessage) return undefined;
  return containsActor && wasRefused(record) ? undefined : "the call failed, so there is nothing to fix";
}

function whatRecordLacks(record: CloudTrailRecord): string | undefined {
  if (record.addendum !== undefined && record.addendum !== null)
    return "the record corrects or repeats an older one, so the live state may be of another time";
  for (const field of ["requestParameters", "responseElements"] as const) {
    const fields = fieldsOf(record[field]);
    const reason = textOf(fields.reason) ?? "no reason given";
    if (fields.omitted === true || truncatedMarks.includes(reason))
      return `CloudTrail omitted the ${field} (${reason})`;
  }
  return undefined;
}

function whatIsTooOld(record: CloudTrailRecord, maxAgeMinutes: number, now: number): string | undefined {
  const at = eventTimeOf(record);
  if (Number.isNaN(at)) return "the record has no event time, so its age is unknown";
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes > maxAgeMinutes)
    return `the call was made ${minutes} minutes ago, and only calls of the last ${maxAgeMinutes} minutes are fixed`;
  return undefined;
}
