import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { textOf, sameJson } from "../../json";
import { documentOf } from "../../detections/readers/policy";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, refused } from "../support/outcomes";

/** Name of the inline policy that denies a user console access. */
export const consolePolicy = "cloudtrailer-no-console";

/** A key's own calls have no time of issue; console calls do, because they are made with temporary credentials. */
const denial = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Deny", Action: "*", Resource: "*", Condition: { Null: { "aws:TokenIssueTime": "false" } } },
  ],
};

/**
 * Denies everything to the user's console sessions and other temporary credentials, because the old password cannot be
 * restored and whoever set the new one knows it. The user's access keys, and the password itself, stay. To end it, give the
 * user another password and delete the policy.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 */
export const fixIamLoginProfileUpdated: Remediation = {
  id: "iam-login-profile-updated",
  reads: ["iam:GetLoginProfile", "iam:GetUserPolicy"],
  writes: ["iam:PutUserPolicy"],
  async plan(finding: Finding, aws: CallAws) {
    const UserName = textParameterOf(finding.record, "userName");
    if (UserName === undefined) return refused("the record does not say whose password was changed");
    const call = callsTo("iam", iamRegionOf(finding.region));
    const profile = await unlessGone(aws(call("GetLoginProfile", { UserName })), iamGone);
    if (profile === undefined) return alreadyOk(`the user ${UserName} has no console password`);
    const input = { UserName, PolicyName: consolePolicy };
    const live = await unlessGone(aws(call("GetUserPolicy", input)), iamGone);
    if (live !== undefined)
      return sameJson(documentOf(textOf(live.PolicyDocument)), denial)
        ? alreadyOk(`the user ${UserName} is already denied console access`)
        : changedSince(`the inline policy ${consolePolicy} of ${UserName} has changed since`);
    return {
      summary: `Deny everything to the console sessions of the user ${UserName}`,
      calls: [call("PutUserPolicy", { ...input, PolicyDocument: JSON.stringify(denial) })],
      rollback: [call("DeleteUserPolicy", input)],
    };
  },
};
