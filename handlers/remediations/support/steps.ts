import type { Call } from "../../aws/call";
import type { Plan } from "../remediation";

/** A call of a plan, and the calls that roll it back: none if another step's rollback covers it. */
export interface Step {
  call: Call;
  rollback: Call[];
}

/** The plan that makes these calls in order, and whose rollback reverts those that were made, last one first. */
export function planOfSteps(summary: string, steps: Step[]): Plan {
  const calls = steps.map(({ call }) => call);
  const rollback = steps.map((step, index) => step.rollback.map((call) => ({ ...call, reverts: [index] })));
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return { summary, calls, rollback: only.rollback };
  return { summary, calls, rollback: rollback.reverse().flat() };
}
