import type { RemediationClass } from "../handlers/settings";
import type { Detection } from "../handlers/detections/detection";

/** What the classes of remediation mean. */
export const remediationClasses: Record<RemediationClass, string> = {
  inverse: "the event alone says how to revert it",
  "read-modify": "the offending part is removed from the current state",
  baseline: "reverting it takes an earlier state, which the event does not carry",
  contain: "it cannot be reverted; a call that can be rolled back keeps it from going on",
  alert: "there is no fix: people decide",
};

/** Detections in the order of their service (`*` last) and id. */
export function inOrder(detections: Detection[]): Detection[] {
  const key = ({ events, id }: Detection) => `${serviceOf(events).replace("*", "~")} ${id}`;
  return [...detections].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The service whose calls a detection looks at first: `iam`; `*` for all. */
export function serviceOf(events: string[]): string {
  return events[0]?.split(":")[0] ?? "*";
}

/** `T1685.002 (T1562.008 before v19)`; undefined for a rule that names none. */
export function techniqueOf({ attack }: Detection): string | undefined {
  if (attack === undefined) return undefined;
  return attack.before === undefined ? attack.technique : `${attack.technique} (${attack.before} before v19)`;
}

/** When records are counted: how many within how long make one finding; undefined when each is one. */
export function burstOf({ burst }: Detection): string | undefined {
  if (burst === undefined) return undefined;
  if (burst.threshold === 1) return `alerted once within ${burst.windowMinutes} minutes`;
  const what = burst.distinct === undefined ? "calls" : "distinct values";
  const alone = burst.alone === undefined ? "" : "; some calls are findings by themselves too";
  return `${burst.threshold} ${what} within ${burst.windowMinutes} minutes${alone}`;
}

/** When only what is new for the actor is grave: within how many days; undefined when everything is. */
export function novelOf({ novel }: Detection): string | undefined {
  if (novel === undefined) return undefined;
  return `the first time in ${novel.days} days by this user or role, low during the first ${novel.learning} days of records; after that info`;
}

/** Why a detection finds nothing unless it is configured; undefined when it is on. */
export function whyOff({ needs, offByDefault }: Detection): string | undefined {
  if (offByDefault !== undefined) return offByDefault;
  return needs === undefined ? undefined : `it finds nothing until \`${needs}\` is configured`;
}

/** Which calls a detection looks at. */
export function outcomeOf({ outcome = "success" }: Detection): string {
  return {
    success: "calls that succeeded",
    failure: "calls that failed",
    any: "calls that succeeded or failed",
  }[outcome];
}
