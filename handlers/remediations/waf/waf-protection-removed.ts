import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, textOf } from "../../json";
import { nameOf, serviceOf } from "../../cloudtrail/record";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused } from "../support/outcomes";

const gone = ["WAFNonexistentItemException"];

/**
 * Associates the web ACL of the baseline with the resource again, or enables its logging as in the baseline. A deleted web
 * ACL, rule group or rule is not recreated: others reference it by its ID, which would change. WAF Classic is not supported:
 * AWS has retired it.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html
 */
export const fixWafProtectionRemoved: Remediation = {
  id: "waf-protection-removed",
  reads: [...baselineKinds.webAclAssociation.actions, ...baselineKinds.webAclLogging.actions],
  writes: [
    "wafv2:AssociateWebACL",
    "wafv2:PutLoggingConfiguration",
    // The protected resource must allow it:
    // https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html
    "amplify:AssociateWebACL",
    "apigateway:SetWebACL",
    "apprunner:AssociateWebAcl",
    "appsync:AssociateWebACL",
    "appsync:SetWebACL",
    "cognito-idp:AssociateWebACL",
    "ec2:AssociateVerifiedAccessInstanceWebAcl",
    "elasticloadbalancing:CreateWebACLAssociation",
    "elasticloadbalancing:SetWebAcl",
    // For the delivery of logs.
    "firehose:ListDeliveryStreams",
    "logs:CreateLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:PutResourcePolicy",
  ],
  baselines: ["webAclAssociation", "webAclLogging"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const name = nameOf(finding.record);
    const service = serviceOf(finding.record);
    if (service === "wafv2" && name === "DisassociateWebACL") return planAssociation(finding, aws, context);
    if (service === "wafv2" && name === "DeleteLoggingConfiguration")
      return planLogging(finding, aws, context);
    return needsBaseline(`the record of ${service}:${name} does not contain what it removed`);
  },
};

async function planAssociation(
  finding: Finding,
  aws: CallAws,
  context?: PlanContext,
): Promise<Plan | NoPlan> {
  const ResourceArn = textParameterOf(finding.record, "resourceArn");
  if (ResourceArn === undefined) return refused("the record does not say what lost its web ACL");
  const call = callsTo("wafv2", finding.region);
  const aclOf = (read: Record<string, unknown> | undefined) => textOf(fieldsOf(read?.WebACL).ARN);
  const live = aclOf(await unlessGone(aws(call("GetWebACLForResource", { ResourceArn })), gone));
  const before = aclOf(
    (await baselineFor(context, baselineKinds.webAclAssociation, finding.region, ResourceArn))
      ?.GetWebACLForResource,
  );
  if (live !== undefined)
    return live === before || before === undefined
      ? alreadyOk(`${ResourceArn} has the web ACL ${live}`)
      : changedSince(`${ResourceArn} has another web ACL: ${live}`);
  if (before === undefined) return needsBaseline(`no baseline shows which web ACL ${ResourceArn} had`);
  return {
    summary: `Protect ${ResourceArn} with the web ACL ${before} again`,
    calls: [call("AssociateWebACL", { WebACLArn: before, ResourceArn })],
    rollback: [call("DisassociateWebACL", { ResourceArn })],
  };
}

async function planLogging(finding: Finding, aws: CallAws, context?: PlanContext): Promise<Plan | NoPlan> {
  const ResourceArn = textParameterOf(finding.record, "resourceArn");
  if (ResourceArn === undefined) return refused("the record does not say which web ACL no longer logs");
  const call = callsTo("wafv2", finding.region);
  const live = await unlessGone(aws(call("GetLoggingConfiguration", { ResourceArn })), gone);
  if (live !== undefined) return alreadyOk(`the web ACL ${ResourceArn} logs`);
  const baseline = await baselineFor(context, baselineKinds.webAclLogging, finding.region, ResourceArn);
  const LoggingConfiguration = baseline?.GetLoggingConfiguration?.LoggingConfiguration;
  if (LoggingConfiguration === undefined)
    return needsBaseline(`no baseline shows where the web ACL ${ResourceArn} logged`);
  return {
    summary: `Enable logging of the web ACL ${ResourceArn} again`,
    calls: [call("PutLoggingConfiguration", { LoggingConfiguration })],
    rollback: [call("DeleteLoggingConfiguration", { ResourceArn })],
  };
}
