import type { RemediationClass } from "../handlers/settings";
import type { Detection, Noise } from "../handlers/detections/detection";

/** What each class of remediation means. */
export const remediationClasses: Record<RemediationClass, string> = {
  inverse: "the event itself says how to revert it",
  "read-modify": "the offending part is removed from the current state",
  baseline: "reverting it needs an earlier state, which the event does not contain",
  contain: "it cannot be reverted; a call that can be rolled back stops it from continuing",
  alert: "there is no fix; a person decides",
};

/** How often an ordinary account triggers the detection. */
export const noises: Record<Noise, string> = {
  none: "never in ordinary work",
  rare: "a few times a year, when somebody makes such a change on purpose",
  changes:
    "several times a month, by people and pipelines that make such changes; list the pipelines in `automation`",
  work: "daily for some; only new or unusually frequent calls are alerted",
};

/** Detections in the order of their service (`*` last) and id. */
export function inOrder(detections: Detection[]): Detection[] {
  const key = ({ events, id }: Detection) => `${serviceOf(events).replace("*", "~")} ${id}`;
  return [...detections].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The service of a detection's first event: `iam`; `*` for all. */
export function serviceOf(events: string[]): string {
  return events[0]?.split(":")[0] ?? "*";
}

/** `T1685.002 (T1562.008 before v19)`; undefined for a rule that names none. */
export function techniqueOf({ attack }: Detection): string | undefined {
  if (attack === undefined) return undefined;
  return attack.before === undefined ? attack.technique : `${attack.technique} (${attack.before} before v19)`;
}

/** For a burst: how many calls within how long make one finding; undefined when each record is one. */
export function burstOf({ burst }: Detection): string | undefined {
  if (burst === undefined) return undefined;
  if (burst.threshold === 1) return `alerted once within ${burst.windowMinutes} minutes`;
  const what = burst.distinct === undefined ? "calls" : "distinct values";
  const alone = burst.alone === undefined ? "" : "; some calls are findings by themselves";
  return `${burst.threshold} ${what} within ${burst.windowMinutes} minutes${alone}`;
}

/** For a detection of novelty: within how many days; undefined for all others. */
export function novelOf({ novel }: Detection): string | undefined {
  if (novel === undefined) return undefined;
  return `first use in ${novel.days} days by this user or role, low during the first ${novel.learning} days of records; info afterwards`;
}

/** Why a detection finds nothing unless it is configured; undefined when it is on. */
export function whyOff({ needs, offByDefault }: Detection): string | undefined {
  if (offByDefault !== undefined) return offByDefault;
  return needs === undefined ? undefined : `it finds nothing until \`${needs}\` is configured`;
}

/** Which calls a detection matches. */
export function outcomeOf({ outcome = "success" }: Detection): string {
  return {
    success: "calls that succeeded",
    failure: "calls that failed",
    any: "calls that succeeded or failed",
  }[outcome];
}
