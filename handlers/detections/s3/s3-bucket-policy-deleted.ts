import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const s3BucketPolicyDeleted: Detection = {
  id: "s3-bucket-policy-deleted",
  title: "Bucket policy deleted",
  severity: "low",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "work",
  events: ["s3:DeleteBucketPolicy"],
  remediation: "baseline",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, ["bucketName"], named(record, "AWS::S3::Bucket", "bucketName")),
  runbook: [
    "Ask the owner of the bucket what the policy denied: encryption, networks, accounts that may come.",
    "Set it again (PutBucketPolicy), from its template, if it is needed.",
    "Look at what was read and written since.",
  ],
  falsePositives: ["A bucket that is taken out of service by hand."],
  references: ["https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html"],
};
