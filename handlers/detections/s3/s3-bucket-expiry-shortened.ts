import type { Detection } from "../detection";
import { eventTimeOf } from "../../cloudtrail/event-time";
import { numberOf, objectsOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { type Fields, fieldsOf, textOf } from "../../json";
import { named } from "../readers/by-hand";
import { valueAt } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

const id = "s3-bucket-expiry-shortened";
const path = "requestParameters.LifecycleConfiguration.Rule";

export const s3BucketExpiryShortened: Detection = {
  id,
  title: "Bucket set to delete its objects within days",
  severity: "high",
  attack: { technique: "T1485.001" },
  tier: "extended",
  noise: "changes",
  events: ["s3:PutBucketLifecycle"],
  remediation: "alert",
  match(record, context) {
    const most = context.thresholds[id] ?? 7;
    const short = objectsOf(valueAt(record, path)).filter(
      (rule) => rule.Status !== "Disabled" && isOfWholeBucket(rule) && daysOf(rule, record) <= most,
    );
    if (short.length === 0) return uninspected(record);
    return {
      evidence: short.map((value) => ({
        parameter: path,
        value,
        why: `all objects are deleted within ${most} days`,
      })),
      resources: named(record, "AWS::S3::Bucket", "bucketName"),
    };
  },
  runbook: [
    "Remove the rule from the bucket's lifecycle configuration before its next run: S3 runs them once a day, at midnight UTC.",
    "Look for a ransom note, and for earlier downloads.",
    "Restore what was deleted from versions, replication or AWS Backup, and revoke the actor's permissions.",
  ],
  falsePositives: ["A bucket for scratch files. Make an exception for it, or lower the threshold."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html",
  ],
};

/** Whether the rule covers all objects. */
function isOfWholeBucket(rule: Fields): boolean {
  const { Prefix, ...others } = fieldsOf(rule.Filter);
  const narrowing = [...Object.values(others), ...[rule.Prefix, Prefix].filter((prefix) => prefix !== "")];
  return narrowing.every((value) => value === undefined || value === null);
}

/** After how many days objects are deleted; NaN if the rule deletes none. */
function daysOf(rule: Fields, record: CloudTrailRecord): number {
  const expiration = fieldsOf(rule.Expiration);
  return (
    numberOf(expiration.Days) ??
    (Date.parse(textOf(expiration.Date) ?? "") - eventTimeOf(record)) / 86_400_000
  );
}
