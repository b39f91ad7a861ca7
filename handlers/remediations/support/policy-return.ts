import type { Call } from "../../aws/call";
import type { Evidence } from "../../detections/detection";
import type { Finding } from "../../detections/finding";
import { evidenceOfOpenings } from "../../detections/readers/policy";
import { fieldsOf, textOf } from "../../json";
import type { NoPlan, Plan, PlanContext } from "../remediation";
import { changedSince } from "./outcomes";
import { covers, openingsReader, planClosing, samePolicy, withoutOpenings } from "./policy-openings";

/** A policy's resource, and how to set it. */
interface PolicyOf {
  /** Whose policy: `the secret db`. */
  whose: string;
  /** The current policy; undefined if there is none. */
  live: string | undefined;
  /** The policy in the event's record. */
  written: unknown;
  /** The policy before the event; undefined if there was none, or if it is unknown. */
  before: string | undefined;
  /** Whether that is known. */
  isKnown: boolean;
  /** Whether the event made what the policy is of, so that it overwrote none. */
  isNew?: boolean;
  /** The call that sets a policy. */
  put(policy: string): Call;
  /** The call that removes the policy. */
  remove(): Call;
}

/**
 * The plan that reverts an event's change of a policy. If the policy is still as the event left it, the previous one is
 * restored, provided that it is known and let in nobody whom the finding names; otherwise what the event opened is removed.
 * A policy that has lost more than that is not reported to be in order.
 */
export function planReturnOrClosing(
  finding: Finding,
  context: PlanContext | undefined,
  about: PolicyOf,
): Plan | NoPlan {
  const { evidence } = finding.match;
  const read = openingsReader(finding, context);
  const isOpen = (policy: string) => {
    const earlier = principalsIn(evidenceOfOpenings(read(policy), "policy"));
    return principalsIn(evidence).some((principal) => earlier.some((one) => covers(principal, one)));
  };
  const { live, written, before, isKnown } = about;
  const back = before === undefined || isOpen(before) ? undefined : before;
  const isAsWritten = live !== undefined && samePolicy(live, written);
  if (isAsWritten && isKnown && !isAsBefore(about) && (before === undefined || back !== undefined))
    return planReturn(about, live, back);
  // If nothing is left of it, the policy before is closer to the right one than none.
  const remove = back === undefined ? about.remove : () => about.put(back);
  const closed = withoutOpenings({ live, written, evidence, before, read });
  return withRest(planClosing(closed, { ...about, remove }), closed.asBefore === true, about);
}

function isAsBefore({ live, before }: PolicyOf): boolean {
  return before === undefined ? live === undefined : samePolicy(live, before);
}

function planReturn({ whose, put, remove }: PolicyOf, live: string, before: string | undefined): Plan {
  return {
    summary:
      before === undefined
        ? `Remove the policy of ${whose}, which had none before the event`
        : `Restore the policy of ${whose} that the event overwrote`,
    calls: [before === undefined ? remove() : put(before)],
    rollback: [put(live)],
  };
}

/** The plan that closes a policy, with what it does not restore. */
function withRest(plan: Plan | NoPlan, isRestored: boolean, about: PolicyOf): Plan | NoPlan {
  const { whose, isKnown, isNew = false } = about;
  if (!("outcome" in plan))
    return isKnown || isNew
      ? plan
      : { ...plan, leaves: `no baseline shows which policy of ${whose} the event overwrote` };
  return plan.outcome === "already-ok" && isKnown && !isRestored && !isAsBefore(about)
    ? changedSince(`the policy of ${whose} was set again since the event, and is not as before`)
    : plan;
}

function principalsIn(evidence: Evidence[]): string[] {
  return evidence.flatMap(({ value }) => textOf(fieldsOf(value).Principal) ?? []);
}
