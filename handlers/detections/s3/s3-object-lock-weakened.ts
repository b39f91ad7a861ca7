import type { Detection } from "../detection";
import { isTrue } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { fieldsOf, textOf } from "../../json";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const s3ObjectLockWeakened: Detection = {
  id: "s3-object-lock-weakened",
  title: "Object Lock of a bucket or object weakened",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "extended",
  noise: "rare",
  events: ["s3:PutBucketObjectLockConfiguration", "s3:PutObjectLegalHold", "s3:PutObjectRetention"],
  remediation: "alert",
  match(record) {
    const request = fieldsOf(record.requestParameters);
    const lock = fieldsOf(request.ObjectLockConfiguration);
    const weakened: Record<string, boolean> = {
      // Without a rule, new objects are not retained.
      PutBucketObjectLockConfiguration:
        Object.keys(lock).length > 0 && Object.keys(fieldsOf(lock.Rule)).length === 0,
      PutObjectLegalHold: textOf(fieldsOf(request.LegalHold).Status)?.toUpperCase() === "OFF",
      PutObjectRetention: isTrue(request["x-amz-bypass-governance-retention"]),
    };
    if (!weakened[nameOf(record)]) return uninspected(record);
    return {
      evidence: shown(
        record,
        "ObjectLockConfiguration",
        "LegalHold",
        "x-amz-bypass-governance-retention",
        "key",
      ),
      resources: named(record, "AWS::S3::Bucket", "bucketName"),
    };
  },
  runbook: [
    "Restore it unless the bucket's owner wants the objects to be deletable.",
    "Look for deletions by the same actor since then.",
    "Use compliance mode for what nobody may delete: it cannot be bypassed.",
  ],
  falsePositives: [
    "A hold that ends, and a bucket that is retired. Retention and holds of objects are seen only if the trail records S3 data events.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html",
  ],
};
