import type { Call } from "../../aws/call";
import type { Evidence } from "../../detections/detection";
import type { Finding } from "../../detections/finding";
import { evidenceOfOpenings } from "../../detections/readers/policy";
import { fieldsOf, textOf } from "../../json";
import type { NoPlan, Plan, PlanContext } from "../remediation";
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
  /** The call that sets a policy. */
  put(policy: string): Call;
  /** The call that removes the policy. */
  remove(): Call;
}

/**
 * The plan that reverts an event's change of a policy. If the policy is still as the event left it, the previous one is
 * restored, provided that it is known and let in nobody whom the finding names; otherwise what the event opened is removed.
 */
export function planReturnOrClosing(
  finding: Finding,
  context: PlanContext | undefined,
  about: PolicyOf,
): Plan | NoPlan {
  const { whose, live, written, before, put } = about;
  const { evidence } = finding.match;
  const read = openingsReader(finding, context);
  const isOpen = (policy: string) => {
    const earlier = principalsIn(evidenceOfOpenings(read(policy), "policy"));
    return principalsIn(evidence).some((principal) => earlier.some((one) => covers(principal, one)));
  };
  if (
    live !== undefined &&
    before !== undefined &&
    samePolicy(live, written) &&
    !samePolicy(live, before) &&
    !isOpen(before)
  )
    return {
      summary: `Restore the policy of ${whose} that the event overwrote`,
      calls: [put(before)],
      rollback: [put(live)],
    };
  return planClosing(withoutOpenings({ live, written, evidence, before, read }), about);
}

function principalsIn(evidence: Evidence[]): string[] {
  return evidence.flatMap(({ value }) => textOf(fieldsOf(value).Principal) ?? []);
}
