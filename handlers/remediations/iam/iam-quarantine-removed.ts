import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { fieldsOf, listOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, needsBaseline, requested } from "../support/outcomes";

/**
 * Attaches the quarantine policy to the user again. The event does not contain a deleted inline one.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html
 */
export const fixIamQuarantineRemoved: Remediation = {
  id: "iam-quarantine-removed",
  reads: ["iam:ListAttachedUserPolicies"],
  writes: ["iam:AttachUserPolicy"],
  async plan(finding: Finding, aws: CallAws) {
    if (nameOf(finding.record) !== "DetachUserPolicy")
      return needsBaseline("the record does not contain the inline policy that was deleted");
    const asked = requested(finding, ["userName", "policyArn"]);
    if ("outcome" in asked) return asked;
    const { userName: UserName, policyArn: PolicyArn } = asked.values;
    const call = callsTo("iam", iamRegionOf(finding.region));
    // More than IAM allows to be attached, so one page is enough.
    const answer = await unlessGone(
      aws(call("ListAttachedUserPolicies", { UserName, MaxItems: 1000 })),
      iamGone,
    );
    if (answer === undefined) return changedSince(`the user ${UserName} is gone`);
    const attached = listOf(answer.AttachedPolicies).map(fieldsOf);
    if (attached.some((policy) => policy.PolicyArn === PolicyArn))
      return alreadyOk(`${PolicyArn} is attached to the user ${UserName}`);
    return {
      summary: `Attach ${PolicyArn} to the user ${UserName} again`,
      calls: [call("AttachUserPolicy", { UserName, PolicyArn })],
      rollback: [call("DetachUserPolicy", { UserName, PolicyArn })],
    };
  },
};
