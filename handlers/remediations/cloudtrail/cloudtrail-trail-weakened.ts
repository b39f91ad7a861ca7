import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { type Fields, fieldsOf, plainTextOf } from "../../json";
import { isFalse, nameInArn } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, requested } from "../support/outcomes";

/** A setting of a trail: its name in the record, in the call and in the answer of GetTrail. */
interface Setting {
  recorded: string;
  input: string;
  live: string;
}

const flags: Setting[] = [
  {
    recorded: "includeGlobalServiceEvents",
    input: "IncludeGlobalServiceEvents",
    live: "IncludeGlobalServiceEvents",
  },
  { recorded: "isMultiRegionTrail", input: "IsMultiRegionTrail", live: "IsMultiRegionTrail" },
  { recorded: "enableLogFileValidation", input: "EnableLogFileValidation", live: "LogFileValidationEnabled" },
];

const destinations: Setting[] = [
  { recorded: "s3BucketName", input: "S3BucketName", live: "S3BucketName" },
  { recorded: "s3KeyPrefix", input: "S3KeyPrefix", live: "S3KeyPrefix" },
  { recorded: "isOrganizationTrail", input: "IsOrganizationTrail", live: "IsOrganizationTrail" },
  { recorded: "snsTopicName", input: "SnsTopicName", live: "SnsTopicARN" },
  { recorded: "kmsKeyId", input: "KmsKeyId", live: "KmsKeyId" },
  {
    recorded: "cloudWatchLogsLogGroupArn",
    input: "CloudWatchLogsLogGroupArn",
    live: "CloudWatchLogsLogGroupArn",
  },
  { recorded: "cloudWatchLogsRoleArn", input: "CloudWatchLogsRoleArn", live: "CloudWatchLogsRoleArn" },
];

/**
 * Restores the flags of the trail that the event set to false and that are still false; its destinations and its key only
 * from the baseline. With a baseline, only settings that were different before are restored. Other settings of the call
 * stay.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
 */
export const fixCloudtrailTrailWeakened: Remediation = {
  id: "cloudtrail-trail-weakened",
  reads: ["cloudtrail:GetTrail"],
  writes: [
    "cloudtrail:UpdateTrail",
    // For the role with which a trail writes to CloudWatch Logs.
    "iam:PassRole cloudtrail.amazonaws.com",
  ],
  baselines: ["trail"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["name"]);
    if ("outcome" in asked) return asked;
    const given = fieldsOf(finding.record.requestParameters);
    const call = callsTo("cloudtrail", finding.region);
    const name = nameInArn(asked.values.name);
    const answer = await unlessGone(aws(call("GetTrail", { Name: asked.values.name })), [
      "TrailNotFoundException",
    ]);
    if (answer === undefined) return changedSince(`the trail ${name} is gone`);
    const live = fieldsOf(answer.Trail);
    const baseline = (await baselineFor(context, baselineKinds.trail, finding.region, name))?.GetTrail;
    const before = baseline === undefined ? undefined : fieldsOf(baseline.Trail);

    const { lowered, moved } = takenBy(given, before);
    const { after, rollback } = settingBack(lowered, moved, given, live, before);
    if (Object.keys(after).length > 0)
      return {
        summary: `Restore ${Object.keys(after).join(", ")} of the trail ${name}`,
        calls: [call("UpdateTrail", { Name: asked.values.name, ...after })],
        rollback: [call("UpdateTrail", { Name: asked.values.name, ...rollback })],
      };
    if (before === undefined && lowered.length === 0)
      return needsBaseline(`no baseline shows what the trail ${name} was before`);
    if (before !== undefined && !moved.every((one) => same(live[one.live], before[one.live])))
      return changedSince(`the trail ${name} was updated again`);
    return alreadyOk(`the trail ${name} has everything that this call removed`);
  },
};

/** The flags that the event lowered and the destinations that it moved; with a baseline, only those that it changed. */
function takenBy(given: Fields, before: Fields | undefined) {
  return {
    lowered: flags.filter(
      (flag) => isFalse(given[flag.recorded]) && (before === undefined || before[flag.live] === true),
    ),
    moved: destinations.filter(
      (one) =>
        given[one.recorded] !== undefined &&
        (before === undefined || !same(before[one.live], given[one.recorded])),
    ),
  };
}

/** What to set of everything that is still as the event left it, and what would roll that back. */
function settingBack(
  lowered: typeof flags,
  moved: typeof destinations,
  given: Fields,
  live: Fields,
  before: Fields | undefined,
): { after: Fields; rollback: Fields } {
  const after: Fields = {};
  const rollback: Fields = {};
  for (const flag of lowered.filter((one) => live[one.live] === false)) {
    after[flag.input] = true;
    rollback[flag.input] = false;
  }
  // A multi-region trail must include global events, or AWS rejects the call.
  if (after.IsMultiRegionTrail === true && live.IncludeGlobalServiceEvents === false) {
    after.IncludeGlobalServiceEvents = true;
    rollback.IncludeGlobalServiceEvents = false;
  }
  if (before === undefined) return { after, rollback };
  for (const one of moved.filter(({ live: member, recorded }) => same(live[member], given[recorded]))) {
    const nothing = typeof given[one.recorded] === "boolean" ? false : "";
    after[one.input] = before[one.live] ?? nothing;
    rollback[one.input] = live[one.live] ?? nothing;
  }
  return { after, rollback };
}

/** A topic or key is a name in the call and an ARN in the answer; missing, `""` and false are the same. */
function same(live: unknown, given: unknown): boolean {
  const [a, b] = [plainTextOf(live || ""), plainTextOf(given || "")];
  return a === b || (a.startsWith("arn:") !== b.startsWith("arn:") && nameInArn(a) === nameInArn(b));
}
