import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const s3BucketEncryptionDeleted: Detection = {
  id: "s3-bucket-encryption-deleted",
  title: "Bucket encryption configuration deleted",
  severity: "medium",
  attack: { technique: "T1486" },
  tier: "core",
  noise: "rare",
  events: ["s3:DeleteBucketEncryption"],
  remediation: "baseline",
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.bucketName"),
      resources: resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
    };
  },
  runbook: [
    "Find out which key the bucket used before (AWS Config, or the last PutBucketEncryption in the trail): new objects now get only S3's own key, not yours.",
    "Restore the default encryption with that KMS key and the bucket key setting it had.",
    "List the objects written since the call, and copy those that must be under your own key onto themselves.",
  ],
  falsePositives: [
    "A change from KMS to S3's own keys on a bucket without sensitive data, or a stack that is destroyed.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
  ],
};
