import type { Call } from "../aws/call";
import { fieldsOf } from "../json";
import type { RemediationClass } from "../settings";
import type { NoPlan, Plan } from "./remediation";

/**
 * The calls of a plan's rollback that revert what the plan's calls really did, completed from their answers. Reverts of
 * calls that were not made, or found their work done by somebody else, are omitted: there is nothing to roll back.
 *
 * @param answers of the plan's calls, by index; undefined for a call that was not made, or found its work done
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

/**
 * What is not as a plan should have left it, for people; undefined if everything is.
 *
 * @param made the plan whose calls were made
 * @param now the current plan for the same finding
 */
export function leftAfter(
  made: Plan,
  now: Plan | NoPlan,
  { remediation }: { remediation: RemediationClass },
): string | undefined {
  if ("outcome" in now) return now.outcome === "already-ok" ? undefined : now.reason;
  // A containment leaves the event to be reverted. It has failed only if the same call is planned again.
  if (remediation === "contain" && !made.revertsEvent && !repeats(now, made)) return undefined;
  return `still to do: ${now.summary}`;
}

function repeats(plan: Plan, earlier: Plan): boolean {
  return plan.calls.some(({ service, operation }) =>
    earlier.calls.some((call) => call.service === service && call.operation === operation),
  );
}
