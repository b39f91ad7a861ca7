import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const s3ReplicationDeleted: Detection = {
  id: "s3-replication-deleted",
  title: "Replication of a bucket deleted",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "extended",
  noise: "rare",
  events: ["s3:DeleteBucketReplication"],
  remediation: "baseline",
  match: (record, context) =>
    calledByHand(record, context, ["bucketName"], named(record, "AWS::S3::Bucket", "bucketName")),
  runbook: [
    "Ask the owner of the bucket whether its copy is not needed any more; without it a deletion is for good.",
    "Set the replication again (PutBucketReplication), from its template, if it is.",
    "Look for deletions in the bucket and its copy by the same actor.",
  ],
  falsePositives: ["A bucket that is taken out of service."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
  ],
};
