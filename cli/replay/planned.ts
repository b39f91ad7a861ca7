import type { Plan } from "../../handlers/remediations/remediation";

/** What a fix would do about a finding. */
export type Planned = Pick<Plan, "summary" | "calls" | "rollback" | "leaves"> | WithoutPlan;

/** Why a fix would do nothing. */
export interface WithoutPlan {
  outcome: "already-ok" | "changed-since" | "needs-baseline" | "refused" | "alerted" | "failed";
  reason: string;
}
