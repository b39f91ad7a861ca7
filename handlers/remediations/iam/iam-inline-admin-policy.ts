import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { plainTextOf, sameJson } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, refused, requested } from "../support/outcomes";
import { type Subject, subjectParameters } from "../support/detach-policy";

const subjects: Record<string, Subject> = {
  PutUserPolicy: "User",
  PutRolePolicy: "Role",
  PutGroupPolicy: "Group",
};

/**
 * Deletes the inline policy that the event put, if it says still what the event wrote. A policy of the same name that
 * was overwritten by the event was lost then, and cannot come back from here.
 */
export const fixIamInlineAdminPolicy: Remediation = {
  id: "iam-inline-admin-policy",
  reads: ["iam:GetUserPolicy", "iam:GetRolePolicy", "iam:GetGroupPolicy"],
  writes: ["iam:DeleteUserPolicy", "iam:DeleteRolePolicy", "iam:DeleteGroupPolicy"],
  async plan(finding: Finding, aws: CallAws) {
    const subject = subjects[finding.record.eventName];
    if (subject === undefined) return refused(`no inline policy is put by ${finding.record.eventName}`);
    const parameter = subjectParameters[subject];
    const asked = requested(finding, [parameter, "policyName", "policyDocument"]);
    if ("outcome" in asked) return asked;
    const name = asked.values[parameter];
    const { policyName, policyDocument } = asked.values;
    const input = { [`${subject}Name`]: name, PolicyName: policyName };
    const call = callsTo("iam", iamRegionOf(finding.region));
    const live = await unlessGone(aws(call(`Get${subject}Policy`, input)), iamGone);
    const what = `the inline policy ${policyName} of the ${subject.toLowerCase()} ${name}`;
    if (live === undefined) return alreadyOk(`${what} is gone`);
    const document = decoded(plainTextOf(live.PolicyDocument));
    if (!sameDocument(document, policyDocument)) return changedSince(`${what} says something else by now`);
    return {
      // Putting a policy overwrites one of the same name, and neither the record nor IAM tells whether there was one.
      summary: `Delete ${what} (IAM does not tell whether the call put it over another one of that name, which is lost then)`,
      calls: [call(`Delete${subject}Policy`, input, { doneWhen: iamGone })],
      rollback: [call(`Put${subject}Policy`, { ...input, PolicyDocument: document })],
    };
  },
};

/** IAM answers with documents URL-encoded (RFC 3986); what does not decode is compared as it is. */
function decoded(document: string): string {
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}

function sameDocument(a: string, b: string): boolean {
  try {
    return sameJson(JSON.parse(a), JSON.parse(b));
  } catch {
    return a === b;
  }
}
