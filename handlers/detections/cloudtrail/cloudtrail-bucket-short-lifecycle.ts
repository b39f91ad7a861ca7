import { uninspected } from "../readers/uninspected";
import type { DetectionContext } from "../../settings";
import { type Fields, fieldsOf, textOf } from "../../json";
import { eventTimeOf } from "../../cloudtrail/event-time";
import { type CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { numberOf, objectsOf, textParameterOf } from "../../cloudtrail/parameters";

const id = "cloudtrail-bucket-short-lifecycle";

/** The minimum number of days that log files must be kept. */
export function leastDaysOf({ thresholds }: Pick<DetectionContext, "thresholds">): number {
  return thresholds[id] ?? 90;
}

export const cloudtrailBucketShortLifecycle: Detection = {
  id,
  title: "Log bucket given a short retention rule",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "rare",
  events: ["s3:PutBucketLifecycle"],
  remediation: "read-modify",
  match(record, context) {
    const bucket = textParameterOf(record, "bucketName") ?? "";
    const isLogBucket = context.logBuckets.includes(bucket) || /trail/i.test(bucket);
    const least = leastDaysOf(context);
    const rules = objectsOf(valueAt(record, "requestParameters.LifecycleConfiguration.Rule"));
    const short = rules.filter(
      (rule) =>
        (isLogBucket || isAboutLogs(rule)) && rule.Status !== "Disabled" && daysOf(rule, record) < least,
    );
    if (short.length === 0) return isLogBucket ? uninspected(record) : undefined;
    return {
      evidence: short.map((rule) => ({
        parameter: "requestParameters.LifecycleConfiguration.Rule",
        value: rule,
        why: `log files are deleted after ${Math.floor(daysOf(rule, record))} days, fewer than ${least}`,
      })),
      resources: resourcesOf("AWS::S3::Bucket", bucket),
    };
  },
  runbook: [
    "Remove the rule from the bucket's lifecycle configuration before its next run (S3 runs them once a day, at midnight UTC).",
    "Check that earlier log files still exist, and restore deleted ones from versions or a copy.",
    "Find out whether the actor should be able to change the log bucket at all; Object Lock and a bucket policy protect retention.",
  ],
  falsePositives: [
    "A bucket whose log files are copied elsewhere for retention: raise the threshold, or make an exception.",
    "A bucket with `trail` in its name that holds something else.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
};

/** Whether the rule itself says that it is about log files, whatever the bucket's name. */
function isAboutLogs(rule: Fields): boolean {
  const filter = fieldsOf(rule.Filter);
  return [rule.ID, rule.Prefix, filter.Prefix, fieldsOf(filter.And).Prefix].some(
    (text) => typeof text === "string" && /cloudtrail|AWSLogs/i.test(text),
  );
}

/** After how many days objects are deleted; NaN if the rule deletes none. */
function daysOf(rule: Fields, record: CloudTrailRecord): number {
  const expiration = fieldsOf(rule.Expiration);
  const days = numberOf(expiration.Days);
  if (days !== undefined) return days;
  return (Date.parse(textOf(expiration.Date) ?? "") - eventTimeOf(record)) / 86_400_000;
}
