import type { Call } from "../aws/call";
import { fieldsOf } from "../json";
import type { Plan } from "./remediation";

/**
 * The calls of a plan's rollback that revert what the plan's calls really did, with what only the answers to those say. What
 * a call would revert that was not made, or found its work done by somebody else, is left out: there is nothing of the
 * fix to take back.
 *
 * @param answers of the plan's calls, by their place; undefined for a call that was not made, or found its work done
 */
export function completedRollback(plan: Plan, answers: (Record<string, unknown> | undefined)[]): Call[] {
  const isMade = (index: number) => answers[index] !== undefined;
  const anyMade = plan.calls.some((_, index) => isMade(index));
  return plan.rollback.flatMap(({ fromAnswers, reverts, unlessMade = [], ...call }) => {
    const wasMade = reverts === undefined ? anyMade : reverts.some(isMade);
    if (!wasMade || unlessMade.some(isMade)) return [];
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
