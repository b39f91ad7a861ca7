import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { fieldsOf, textOf, sameJson } from "../../json";
import { documentOf } from "../../detections/readers/policy";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { openingsReader, planClosing, type ReadOpenings, withoutOpenings } from "./policy-openings";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, requested } from "./outcomes";

/** A role's trust policy if nobody is left to trust: IAM rejects a trust policy without a statement. */
const nobody = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
});

/** Whether a trust policy lets in an outsider whom another one does not. */
function opensMore(policy: unknown, than: unknown, read: ReadOpenings): boolean {
  const known = read(than).map(({ to }) => to);
  return read(policy).some(({ to }) => !known.includes(to));
}

/** What the plan that closes a trust policy does not restore. */
interface Rest {
  /** Whether the live policy is, or the plan makes it, as before the event. */
  isRestored: boolean;
  /** Whether the policy before the event is known. */
  isKnown: boolean;
  /** Whether the event created the role, which trusted nobody before. */
  isNew: boolean;
}

function withRest(plan: Plan | NoPlan, whose: string, { isRestored, isKnown, isNew }: Rest): Plan | NoPlan {
  if (!("outcome" in plan))
    return isKnown || isNew ? plan : { ...plan, leaves: `no baseline shows whom ${whose} trusted before` };
  return plan.outcome === "already-ok" && isKnown && !isRestored
    ? changedSince(`the trust policy of ${whose} was set again since the event, and is not as before`)
    : plan;
}

/**
 * Removes from a role's trust policy those whom the event let in and the detection names; other statements and principals
 * stay. If nobody else is trusted, nobody is. With a baseline, a trust policy that is as the event left it is restored, unless
 * it let in other outsiders, and those it trusted before stay in any case. A role that the event created has no baseline: what
 * is kept under its name belongs to another role, deleted since. Existing sessions last until they expire.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html
 *
 * @param parameter the request parameter with the event's trust policy
 */
export function closeTrust(
  id: string,
  parameter: "policyDocument" | "assumeRolePolicyDocument",
): Remediation {
  return {
    id,
    reads: ["iam:GetRole"],
    writes: ["iam:UpdateAssumeRolePolicy"],
    baselines: ["role"],
    async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
      const asked = requested(finding, ["roleName", parameter]);
      if ("outcome" in asked) return asked;
      const { roleName: RoleName } = asked.values;
      const written = asked.values[parameter];
      const region = iamRegionOf(finding.region);
      const call = callsTo("iam", region);
      const answer = await unlessGone(aws(call("GetRole", { RoleName })), iamGone);
      if (answer === undefined) return alreadyOk(`the role ${RoleName} is gone`);
      const document = documentOf(fieldsOf(answer.Role).AssumeRolePolicyDocument);
      const live = JSON.stringify(document);
      const put = (policy: string) => call("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: policy });
      const whose = `the role ${RoleName}`;
      const isNew = parameter !== "policyDocument";
      const kept = isNew ? undefined : await baselineFor(context, baselineKinds.role, region, RoleName);
      const read = openingsReader(finding, context, { action: "sts:AssumeRole*" });
      const before = textOf(fieldsOf(kept?.GetRole?.Role).AssumeRolePolicyDocument);
      const isAsBefore = before !== undefined && sameJson(document, documentOf(before));
      const back = before === undefined || opensMore(before, document, read) ? undefined : before;
      if (back !== undefined && !isAsBefore && sameJson(document, documentOf(written)))
        return {
          summary: `Restore the trust policy of ${whose}`,
          calls: [put(JSON.stringify(documentOf(back)))],
          rollback: [put(live)],
        };
      const { evidence } = finding.match;
      const closed = withoutOpenings({ live, written, evidence, before, read });
      const plan = planClosing(closed, { whose, live, put, remove: () => put(back ?? nobody) });
      const isRestored = isAsBefore || closed.asBefore === true;
      return withRest(plan, whose, { isRestored, isKnown: before !== undefined, isNew });
    },
  };
}
