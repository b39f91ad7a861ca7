import type { Plan } from "../remediations/remediation";
import type { Severity } from "../settings";

/** How a finding ended. */
export type Outcome =
  | "fixed"
  | "already-ok"
  | "changed-since"
  | "needs-baseline"
  | "refused"
  | "failed"
  | "alerted"
  | "planned"
  /** Planned, and nothing is done before a person says yes. */
  | "awaiting-approval"
  /** Planned, and done at a later moment unless a person says no. */
  | "delayed"
  /** A person said no. */
  | "rejected"
  /** Nobody said yes in time. */
  | "expired"
  /** Where it came from proves nothing: somebody has forged it, or the stack is wired up wrongly. */
  | "unproven"
  /** Found in old log files, and put into the table by a person: nothing was done about it. */
  | "imported";

/** The result of a finding, from the decision to the alert. */
export interface Result {
  outcome: Outcome;
  /** Why, for people. */
  reason?: string;
  /** What was done (`fixed`), tried (`failed`) or would be done (`planned`). */
  plan?: Plan;
  /** With `delayed`: when the fix will be made, ISO. */
  fixAt?: string;
  /** Severity of the alert if it differs from the finding's: `info` for one covered by an exception. */
  severity?: Severity;
}

/** Whether an outcome leaves nothing to do. */
export function leavesNothing(outcome: Outcome | undefined): boolean {
  return outcome === "fixed" || outcome === "already-ok";
}
