import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, picked } from "../../json";
import { nameInArn } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, needsBaseline, refused, requested } from "../support/outcomes";

/**
 * Makes the trail again from its baseline, with its selectors, and starts it: under the same name, and so with the same
 * ARN. What it logged before stays in its bucket. Tags and insight selectors do not come back, and an organization's
 * trail is not made from here.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export const fixCloudtrailTrailDeleted: Remediation = {
  id: "cloudtrail-trail-deleted",
  reads: ["cloudtrail:GetTrail"],
  writes: [
    "cloudtrail:CreateTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:StartLogging",
    // For the role with which a trail writes to CloudWatch Logs.
    "iam:PassRole cloudtrail.amazonaws.com",
  ],
  baselines: ["trail"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["name"]);
    if ("outcome" in asked) return asked;
    const call = callsTo("cloudtrail", finding.region);
    const name = nameInArn(asked.values.name);
    const live = await unlessGone(aws(call("GetTrail", { Name: name })), ["TrailNotFoundException"]);
    if (live !== undefined) return alreadyOk(`there is a trail ${name}`);
    const baseline = await baselineFor(context, baselineKinds.trail, finding.region, name);
    const trail = fieldsOf(baseline?.GetTrail?.Trail);
    if (typeof trail.S3BucketName !== "string")
      return needsBaseline(`nothing has kept what the trail ${name} was`);
    if (trail.IsOrganizationTrail === true)
      return refused(`the trail ${name} is the organization's, and made by its management account`);
    const selectors = picked(baseline?.GetEventSelectors, ["AdvancedEventSelectors", "EventSelectors"]);
    // The API takes one kind or the other; a trail with advanced ones has an empty list of the others.
    if (Array.isArray(selectors.AdvancedEventSelectors) && selectors.AdvancedEventSelectors.length > 0)
      delete selectors.EventSelectors;
    else delete selectors.AdvancedEventSelectors;
    return {
      summary: `Make the trail ${name} again and start its logging`,
      calls: [
        call("CreateTrail", trailInput(name, trail), { doneWhen: ["TrailAlreadyExistsException"] }),
        ...(Object.keys(selectors).length > 0
          ? [call("PutEventSelectors", { TrailName: name, ...selectors })]
          : []),
        call("StartLogging", { Name: name }),
      ],
      rollback: [{ ...call("DeleteTrail", { Name: name }), reverts: [0] }],
    };
  },
};

function trailInput(name: string, trail: Record<string, unknown>): Record<string, unknown> {
  return {
    Name: name,
    ...picked(trail, [
      "S3BucketName",
      "S3KeyPrefix",
      "IncludeGlobalServiceEvents",
      "IsMultiRegionTrail",
      "CloudWatchLogsLogGroupArn",
      "CloudWatchLogsRoleArn",
      "KmsKeyId",
    ]),
    // Two members have another name in the answer than in the call.
    ...(trail.SnsTopicARN === undefined ? {} : { SnsTopicName: trail.SnsTopicARN }),
    ...(trail.LogFileValidationEnabled === undefined
      ? {}
      : { EnableLogFileValidation: trail.LogFileValidationEnabled }),
  };
}
