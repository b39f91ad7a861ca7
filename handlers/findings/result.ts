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
  /** Where it came from proves nothing: somebody has forged it, or the stack is wired up wrongly. */
  | "unproven";

/** What came of a finding: the same from the decision to the alert. */
export interface Result {
  outcome: Outcome;
  /** Why it came out so, for people. */
  reason?: string;
  /** What was done (`fixed`), tried (`failed`) or would be done (`planned`). */
  plan?: Plan;
  /** Of the alert, where it differs from the finding's: `info` for what an exception lets pass. */
  severity?: Severity;
}
