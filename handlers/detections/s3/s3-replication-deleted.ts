import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const s3ReplicationDeleted: Detection = {
  id: "s3-replication-deleted",
  title: "Bucket replication deleted",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "extended",
  noise: "rare",
  events: ["s3:DeleteBucketReplication"],
  remediation: "baseline",
  match: (record, context) =>
    calledByHand(record, context, ["bucketName"], named(record, "AWS::S3::Bucket", "bucketName")),
  runbook: [
    "Ask the bucket's owner whether its copy is no longer needed; without it a deletion is final.",
    "If it is, restore the replication (PutBucketReplication) from its template.",
    "Look for deletions in the bucket and its copy by the same actor.",
  ],
  falsePositives: ["A bucket that is retired."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
  ],
};
