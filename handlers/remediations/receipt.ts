import type { Call } from "../aws/call";
import { fieldsOf } from "../json";
import type { Plan } from "./remediation";

/**
 * The calls of a plan's rollback that revert what the plan's calls really did, completed from their answers. Reverts of
 * calls that were not made, or found their work done by somebody else, are omitted: there is nothing to roll back.
 *
 * @param answers of the plan's calls, by index; undefined for a call that was not made, or found its work done
 */
export function completedRollback(plan: Plan, answers: (Record<string, unknown> | undefined)[]): Call[] {
  const anyMade = answers.some((answer) => answer !== undefined);
  return plan.rollback.flatMap(({ fromAnswers, reverts, ...call }) => {
    const wasMade = reverts === undefined ? anyMade : reverts.some((index) => answers[index] !== undefined);
    if (!wasMade) return [];
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
