import type { Call } from "../../aws/call";
import type { Plan } from "../remediation";

/** A call of a plan, and the calls that take back what it did: none, where another step's do that as well. */
export interface Step {
  call: Call;
  rollback: Call[];
}

/** The plan that takes these steps in their order, and whose rollback takes back those that were taken, the last one first. */
export function planOfSteps(summary: string, steps: Step[]): Plan {
  const calls = steps.map(({ call }) => call);
  const rollback = steps.map((step, index) => step.rollback.map((call) => ({ ...call, reverts: [index] })));
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return { summary, calls, rollback: only.rollback };
  return { summary, calls, rollback: rollback.reverse().flat() };
}
