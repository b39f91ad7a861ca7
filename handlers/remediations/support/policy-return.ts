import type { Call } from "../../aws/call";
import type { Evidence } from "../../detections/detection";
import type { Finding } from "../../detections/finding";
import { evidenceOfOpenings } from "../../detections/readers/policy";
import { fieldsOf, textOf } from "../../json";
import type { NoPlan, Plan, PlanContext } from "../remediation";
import { changedSince } from "./outcomes";
import { covers, openingsReader, planClosing, samePolicy, withoutOpenings } from "./policy-openings";

/** What a policy is about, and how it is set. */
interface PolicyOf {
  /** Whose policy: `the secret db`. */
  whose: string;
  /** The policy as it is now; undefined when there is none. */
  live: string | undefined;
  /** The policy in the event's record. */
  written: unknown;
  /** The policy before the event; undefined when there was none, or that is not known. */
  before: string | undefined;
  /** Whether that is known. */
  isKnown: boolean;
  /** Whether the event made what the policy is of, so that it overwrote none. */
  isNew?: boolean;
  /** The call that sets a policy. */
  put(policy: string): Call;
  /** The call that leaves no policy. */
  remove(): Call;
}

/**
 * The plan that undoes what an event made of a policy. One that is as the event left it becomes again what it was before,
 * where that is known and let in nobody whom the finding names; else what the event opened is taken out of it. A policy
 * that has lost more than that is not told to be in order.
 */
export function planReturnOrClosing(
  finding: Finding,
  context: PlanContext | undefined,
  about: PolicyOf,
): Plan | NoPlan {
  const { whose, live, written, before, isKnown, isNew = false, put, remove } = about;
  const { evidence } = finding.match;
  const read = openingsReader(finding, context);
  const isOpen = (policy: string) => {
    const earlier = principalsIn(evidenceOfOpenings(read(policy), "policy"));
    return principalsIn(evidence).some((principal) => earlier.some((one) => covers(principal, one)));
  };
  const isAsBefore = before === undefined ? live === undefined : samePolicy(live, before);
  const isAsWritten = live !== undefined && samePolicy(live, written);
  if (isAsWritten && isKnown && !isAsBefore && (before === undefined || !isOpen(before)))
    return before === undefined
      ? {
          summary: `Take the policy off ${whose}, which had none before the event`,
          calls: [remove()],
          rollback: [put(live)],
        }
      : {
          summary: `Put back the policy of ${whose} that the event overwrote`,
          calls: [put(before)],
          rollback: [put(live)],
        };
  const closed = withoutOpenings({ live, written, evidence, before, read });
  // Where nothing is left of it, the policy before is nearer to what was there than none.
  const last = before === undefined || isOpen(before) ? remove : () => put(before);
  const plan = planClosing(closed, { whose, live, put, remove: last });
  if (!("outcome" in plan))
    return isKnown || isNew
      ? plan
      : { ...plan, leaves: `nothing has kept which policy of ${whose} the event overwrote` };
  return plan.outcome === "already-ok" && isKnown && closed.asBefore !== true && !isAsBefore
    ? changedSince(`the policy of ${whose} was set again since the event, and is not what it was before`)
    : plan;
}

function principalsIn(evidence: Evidence[]): string[] {
  return evidence.flatMap(({ value }) => textOf(fieldsOf(value).Principal) ?? []);
}
