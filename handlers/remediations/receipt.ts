import type { Call } from "../aws/call";
import { fieldsOf } from "../json";
import type { Plan } from "./remediation";

/**
 * The calls of a plan's rollback, with what only the answers to the plan's calls say. A call that lacks its answer is left
 * out: the fix's call found the work done by somebody else, so there is nothing of the fix to take back.
 *
 * @param answers of the plan's calls, by their place; undefined for a call that found its work done
 */
export function completedRollback(plan: Plan, answers: (Record<string, unknown> | undefined)[]): Call[] {
  return plan.rollback.flatMap(({ fromAnswers, ...call }) => {
    const input = { ...call.input };
    for (const [member, { call: index, path }] of Object.entries(fromAnswers ?? {})) {
      let value: unknown = answers[index];
      for (const field of path.split(".")) value = fieldsOf(value)[field];
      if (value === undefined) return [];
      input[member] = value;
    }
    return [{ ...call, input }];
  });
}
