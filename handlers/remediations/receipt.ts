import { fieldsOf } from "../cloudtrail/record";
import type { Call, Plan } from "./remediation";

/**
 * The calls of a plan's undo, with what only the answers to the plan's calls say. A call that lacks its answer is left
 * out: the fix's call found the work done by somebody else, so there is nothing of the fix to take back.
 *
 * @param answers of the plan's calls, by their place; undefined for a call that found its work done
 */
export function completedUndo(plan: Plan, answers: (Record<string, unknown> | undefined)[]): Call[] {
  return plan.undo.flatMap(({ fromAnswers, ...call }) => {
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

/** What AWS says in its answer that it did not do, as text; undefined when it did all. */
export function failureIn(call: Call, answer: Record<string, unknown>): string | undefined {
  const failures = call.failuresIn === undefined ? undefined : answer[call.failuresIn];
  return Array.isArray(failures) && failures.length > 0
    ? JSON.stringify(failures).slice(0, 1_000)
    : undefined;
}
