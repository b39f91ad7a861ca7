import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, changedSince, globalRegion, needsBaseline, requested } from "../support/outcomes";

type CallTo = ReturnType<typeof callsTo>;

/** Maximum number of pages read: AWS attaches a policy to fewer targets, and an organization has one root. */
const maxPages = 500;

/**
 * Attaches the policy to its target again, or enables the policy type for the root. When a type was disabled, AWS detached all
 * its policies; they stay detached. The events do not contain deleted and changed policies. Works only in the management
 * account.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html
 */
export const fixOrgPolicyDetached: Remediation = {
  id: "org-policy-detached",
  reads: ["organizations:ListTargetsForPolicy", "organizations:ListRoots"],
  writes: ["organizations:AttachPolicy", "organizations:EnablePolicyType"],
  async plan(finding: Finding, aws: CallAws) {
    const name = nameOf(finding.record);
    const home = globalRegion("organizations", finding);
    if ("outcome" in home) return home;
    const call = callsTo("organizations", home.region);
    if (name === "DetachPolicy") return planAttachment(finding, aws, call);
    if (name === "DisablePolicyType") return planType(finding, aws, call);
    return needsBaseline(`the record of ${name} does not contain the policy as it was`);
  },
};

async function planAttachment(finding: Finding, aws: CallAws, call: CallTo): Promise<Plan | NoPlan> {
  const asked = requested(finding, ["policyId", "targetId"]);
  if ("outcome" in asked) return asked;
  const { policyId: PolicyId, targetId: TargetId } = asked.values;
  const targets = await listed(aws, call, "ListTargetsForPolicy", { PolicyId }, "Targets", [
    "PolicyNotFoundException",
  ]);
  if (targets === undefined) return changedSince(`the policy ${PolicyId} is gone`);
  if (targets.some((target) => target.TargetId === TargetId))
    return alreadyOk(`the policy ${PolicyId} is attached to ${TargetId}`);
  return {
    summary: `Attach the policy ${PolicyId} to ${TargetId}`,
    calls: [
      call("AttachPolicy", { PolicyId, TargetId }, { doneWhen: ["DuplicatePolicyAttachmentException"] }),
    ],
    rollback: [call("DetachPolicy", { PolicyId, TargetId })],
  };
}

async function planType(finding: Finding, aws: CallAws, call: CallTo): Promise<Plan | NoPlan> {
  const asked = requested(finding, ["rootId", "policyType"]);
  if ("outcome" in asked) return asked;
  const { rootId: RootId, policyType: PolicyType } = asked.values;
  const roots = await listed(aws, call, "ListRoots", {}, "Roots", []);
  const root = roots?.find((one) => one.Id === RootId);
  if (root === undefined) return changedSince(`the root ${RootId} is gone`);
  const enabled = listOf(root.PolicyTypes)
    .map(fieldsOf)
    .some((one) => one.Type === PolicyType && (one.Status === "ENABLED" || one.Status === "PENDING_ENABLE"));
  if (enabled) return alreadyOk(`${PolicyType} is enabled for ${RootId}`);
  return {
    summary: `Enable ${PolicyType} for ${RootId}`,
    calls: [
      call("EnablePolicyType", { RootId, PolicyType }, { doneWhen: ["PolicyTypeAlreadyEnabledException"] }),
    ],
    rollback: [call("DisablePolicyType", { RootId, PolicyType })],
  };
}

/** All items of a list; undefined if its owner is gone. */
async function listed(
  aws: CallAws,
  call: CallTo,
  operation: string,
  input: Record<string, unknown>,
  member: string,
  gone: string[],
): Promise<Record<string, unknown>[] | undefined> {
  const items: Record<string, unknown>[] = [];
  let token: unknown;
  for (let page = 0; page < maxPages; page++) {
    const next = token === undefined ? input : { ...input, NextToken: token };
    const answer = await unlessGone(aws(call(operation, next)), gone);
    if (answer === undefined) return undefined;
    items.push(...listOf(answer[member]).map(fieldsOf));
    token = answer.NextToken;
    if (token === undefined || token === null) break;
  }
  return items;
}
