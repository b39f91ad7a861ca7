import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const s3BucketDeleted: Detection = {
  id: "s3-bucket-deleted",
  title: "S3 bucket deleted",
  severity: "low",
  attack: { technique: "T1485" },
  tier: "extended",
  noise: "changes",
  events: ["s3:DeleteBucket"],
  remediation: "alert",
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.bucketName"),
      resources: resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
    };
  },
  runbook: [
    "Ask the bucket's owner whether the deletion was intended; only an empty bucket can be deleted, so look for earlier DeleteObjects and DeleteObjectVersion by the same actor.",
    "If it was not, create a bucket of the same name at once: somebody else can take the name, and with it whatever still points there.",
    "Restore the objects from replication or AWS Backup, and search DNS, CloudFront origins and code for the name.",
  ],
  falsePositives: [
    "A stack that is torn down, and test or artifact buckets that come and go with a pipeline.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html",
  ],
};
