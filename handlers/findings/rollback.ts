import type { Attributes } from "../aws/table";
import type { Match } from "../detections/detection";
import type { Finding } from "../detections/finding";
import type { Plan } from "../remediations/remediation";
import type { FindingBasis } from "./store";

/** A fix that can be taken back, as the table has it. */
export interface Fix {
  plan: Plan;
  /** Account and resources of the finding, and who caused it. */
  about: Pick<Finding, "account"> & Pick<Match, "resources"> & { actor?: string };
  /** What the finding can be made anew from. */
  basis?: FindingBasis;
}

/** The fix in a finding's item; or why there is nothing to take back. */
export function fixIn(id: string, item: Attributes | undefined): Fix | { refused: string } {
  if (item === undefined) return { refused: `expected a finding ${id} in the table, found none` };
  const { outcome, rolledBackAt, rolledBackBy, plan: kept, about, basis } = item;
  if (rolledBackAt?.S !== undefined)
    return {
      refused: `the fix of ${id} was already rolled back, at ${rolledBackAt.S} by ${rolledBackBy?.S}`,
    };
  if (outcome?.S !== "fixed" || kept?.S === undefined)
    return { refused: `expected a fixed finding, found ${id} with ${outcome?.S ?? "no"} outcome` };
  const plan = JSON.parse(kept.S) as Plan;
  if (plan.rollback.length === 0)
    return { refused: `the fix of ${id} cannot be rolled back: its receipt has no calls` };
  const fix: Fix = { plan, about: JSON.parse(about?.S ?? "{}") as Fix["about"] };
  if (basis?.S !== undefined) fix.basis = JSON.parse(basis.S) as FindingBasis;
  return fix;
}
