import { type Call, type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { plainTextOf, sameJson, textOf } from "../../json";
import { statementsOf } from "../../detections/readers/policy";
import { administratorStatementsOf } from "../../detections/readers/rights";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, refused, requested } from "../support/outcomes";
import { type Subject, subjectParameters } from "../support/detach-policy";

const subjects: Record<string, Subject> = {
  PutUserPolicy: "User",
  PutRolePolicy: "Role",
  PutGroupPolicy: "Group",
};

const kinds = {
  User: baselineKinds.userPolicy,
  Role: baselineKinds.rolePolicy,
  Group: baselineKinds.groupPolicy,
};

/**
 * Deletes the inline policy that the event put, if it is unchanged. A policy of the same name that the event overwrote is
 * restored from the baseline, unless that one granted administrator rights, too.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html
 */
export const fixIamInlineAdminPolicy: Remediation = {
  id: "iam-inline-admin-policy",
  reads: ["iam:GetUserPolicy", "iam:GetRolePolicy", "iam:GetGroupPolicy"],
  writes: [
    "iam:DeleteUserPolicy",
    "iam:DeleteRolePolicy",
    "iam:DeleteGroupPolicy",
    "iam:PutUserPolicy",
    "iam:PutRolePolicy",
    "iam:PutGroupPolicy",
  ],
  baselines: ["userPolicy", "rolePolicy", "groupPolicy"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const subject = subjects[finding.record.eventName];
    if (subject === undefined) return refused(`${finding.record.eventName} puts no inline policy`);
    const parameter = subjectParameters[subject];
    const asked = requested(finding, [parameter, "policyName", "policyDocument"]);
    if ("outcome" in asked) return asked;
    const name = asked.values[parameter];
    const { policyName, policyDocument } = asked.values;
    const input = { [`${subject}Name`]: name, PolicyName: policyName };
    const region = iamRegionOf(finding.region);
    const call = callsTo("iam", region);
    const live = await unlessGone(aws(call(`Get${subject}Policy`, input)), iamGone);
    const what = `the inline policy ${policyName} of the ${subject.toLowerCase()} ${name}`;
    if (live === undefined) return alreadyOk(`${what} is gone`);
    const document = decoded(plainTextOf(live.PolicyDocument));
    const kept = await baselineFor(context, kinds[subject], region, `${name}/${policyName}`);
    const encoded = textOf(kept?.[`Get${subject}Policy`]?.PolicyDocument);
    const before = encoded === undefined ? undefined : decoded(encoded);
    if (before !== undefined && sameDocument(document, before))
      return alreadyOk(`${what} says what it said before`);
    if (!sameDocument(document, policyDocument)) return changedSince(`${what} has changed since`);
    const put = (PolicyDocument: string) => call(`Put${subject}Policy`, { ...input, PolicyDocument });
    if (before !== undefined) return planReturn(finding, what, document, before, put);
    return {
      // Without a baseline, neither the record nor IAM shows whether the call overwrote a policy of the same name.
      summary:
        kept === undefined
          ? `Delete ${what} (no baseline shows whether the call put it over another one of that name, which is lost then)`
          : `Delete ${what}`,
      calls: [call(`Delete${subject}Policy`, input, { doneWhen: iamGone })],
      rollback: [put(document)],
    };
  },
};

/** Restores the policy that the event overwrote. */
function planReturn(
  { account }: Finding,
  what: string,
  document: string,
  before: string,
  put: (document: string) => Call,
): Plan | NoPlan {
  if (administratorStatementsOf(statementsOf(before), account).length > 0)
    return refused(`${what} granted administrator rights before, too`);
  return {
    summary: `Restore ${what} to what it was before the call overwrote it`,
    calls: [put(before)],
    rollback: [put(document)],
  };
}

/** IAM returns documents URL-encoded (RFC 3986); one that cannot be decoded is compared as it is. */
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
