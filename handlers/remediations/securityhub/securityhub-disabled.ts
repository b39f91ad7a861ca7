import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { fieldOf, objectsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused } from "../support/outcomes";

/** Security Hub's errors for an account that is not subscribed, and for a missing hub. */
const notSubscribed = ["InvalidAccessException", "ResourceNotFoundException"];

/** Maximum number of pages of standards read: more than there are standards. */
const maxPages = 10;

/**
 * Enables Security Hub with AWS's default standards, or the standards that the event disabled. Earlier findings and settings
 * of controls are not restored; a link to an administrator account needs an invitation.
 *
 * Source: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableSecurityHub.html
 */
export const fixSecurityhubDisabled: Remediation = {
  id: "securityhub-disabled",
  reads: ["securityhub:DescribeHub", "securityhub:GetEnabledStandards"],
  writes: ["securityhub:EnableSecurityHub", "securityhub:BatchEnableStandards"],
  async plan(finding: Finding, aws: CallAws) {
    const name = nameOf(finding.record);
    if (name === "DisableSecurityHub") return planHub(finding, aws);
    if (name === "BatchDisableStandards") return planStandards(finding, aws);
    return needsBaseline(`what ${name} removed needs an invitation that is accepted`);
  },
};

async function planHub(finding: Finding, aws: CallAws): Promise<Plan | NoPlan> {
  const call = callsTo("securityhub", finding.region);
  const live = await unlessGone(aws(call("DescribeHub", {})), notSubscribed);
  if (live !== undefined) return alreadyOk(`Security Hub is enabled in ${finding.region}`);
  return {
    summary: `Enable Security Hub in ${finding.region}`,
    calls: [
      call(
        "EnableSecurityHub",
        { EnableDefaultStandards: true },
        { doneWhen: ["ResourceConflictException"] },
      ),
    ],
    rollback: [call("DisableSecurityHub", {})],
  };
}

/** A standard with its requested settings. Its ARN is not that of the subscription, which is all the request has. */
interface Standard {
  StandardsArn: string;
  StandardsInput?: unknown;
}

async function planStandards(finding: Finding, aws: CallAws): Promise<Plan | NoPlan> {
  const disabled = objectsOf(fieldOf(finding.record.responseElements, "StandardsSubscriptions")).flatMap(
    (one) => {
      const StandardsArn = textOf(fieldOf(one, "StandardsArn"));
      const StandardsSubscriptionArn = textOf(fieldOf(one, "StandardsSubscriptionArn"));
      const StandardsInput = fieldsOf(fieldOf(one, "StandardsInput"));
      if (StandardsArn === undefined || StandardsSubscriptionArn === undefined) return [];
      const input = Object.keys(StandardsInput).length > 0 ? { StandardsInput } : {};
      return [{ standard: { StandardsArn, ...input } as Standard, StandardsSubscriptionArn }];
    },
  );
  if (disabled.length === 0) return refused("the record does not say which standards were disabled");
  const live = await enabledStandards(finding, aws);
  if (live === undefined) return changedSince("Security Hub as a whole is disabled");
  const off = disabled.filter(({ standard }) => !live.includes(standard.StandardsArn));
  if (off.length === 0) return alreadyOk("the standards are enabled");
  const call = callsTo("securityhub", finding.region);
  return {
    summary: `Enable the standards ${off.map(({ standard }) => standard.StandardsArn).join(", ")}`,
    calls: [
      call("BatchEnableStandards", { StandardsSubscriptionRequests: off.map(({ standard }) => standard) }),
    ],
    rollback: [
      call("BatchDisableStandards", {
        StandardsSubscriptionArns: off.map(({ StandardsSubscriptionArn }) => StandardsSubscriptionArn),
      }),
    ],
  };
}

/** The standards that are enabled or being enabled; undefined if Security Hub is off. */
async function enabledStandards(finding: Finding, aws: CallAws): Promise<string[] | undefined> {
  const call = callsTo("securityhub", finding.region);
  const standards: string[] = [];
  let token: unknown;
  for (let page = 0; page < maxPages; page++) {
    const input = token === undefined ? {} : { NextToken: token };
    const answer = await unlessGone(aws(call("GetEnabledStandards", input)), notSubscribed);
    if (answer === undefined) return undefined;
    for (const one of listOf(answer.StandardsSubscriptions).map(fieldsOf))
      if (one.StandardsStatus !== "DELETING") standards.push(plainTextOf(one.StandardsArn));
    token = answer.NextToken;
    if (token === undefined) break;
  }
  return standards;
}
