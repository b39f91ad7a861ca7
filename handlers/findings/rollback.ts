import type { Attributes } from "../aws/table";
import type { Match } from "../detections/detection";
import type { Finding } from "../detections/finding";
import type { Plan } from "../remediations/remediation";
import type { FindingBasis } from "./store";

/** A fix that can be rolled back, from the table. */
export interface Fix {
  /** `failed`: some of the plan's calls were made before one was refused. */
  outcome: "fixed" | "failed";
  plan: Plan;
  /** Account and resources of the finding, and who caused it. */
  about: Pick<Finding, "account"> & Pick<Match, "resources"> & { actor?: string };
  /** What the finding can be recreated from. */
  basis?: FindingBasis;
}

/** The fix in a finding's item, or why there is nothing to roll back. */
export function fixIn(id: string, item: Attributes | undefined): Fix | { refused: string } {
  if (item === undefined) return { refused: `expected a finding ${id} in the table, found none` };
  const { outcome, rolledBackAt, rolledBackBy, plan: kept, about, basis } = item;
  if (rolledBackAt?.S !== undefined)
    return {
      refused: `the fix of ${id} was already rolled back, at ${rolledBackAt.S} by ${rolledBackBy?.S}`,
    };
  const made = planWithRollback(id, outcome?.S, kept?.S);
  if ("refused" in made) return made;
  // `about` is recorded with the claim, so that every finding has it.
  const fix: Fix = { ...made, about: JSON.parse(about?.S ?? "{}") as Fix["about"] };
  if (basis?.S !== undefined) fix.basis = JSON.parse(basis.S) as FindingBasis;
  return fix;
}

function planWithRollback(
  id: string,
  outcome: string | undefined,
  kept: string | undefined,
): Pick<Fix, "outcome" | "plan"> | { refused: string } {
  if ((outcome !== "fixed" && outcome !== "failed") || kept === undefined)
    return {
      refused: `expected a finding with a fix that was made or tried, found ${id} with ${outcome ?? "no"} outcome`,
    };
  const plan = JSON.parse(kept) as Plan;
  if (plan.rollback.length > 0) return { outcome, plan };
  return {
    refused:
      outcome === "failed"
        ? `no call of the fix of ${id} was made: there is nothing to roll back`
        : `the fix of ${id} cannot be rolled back: its receipt has no calls`,
  };
}
