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
    "Ask the bucket's owner what the policy enforced: encryption, networks, allowed accounts.",
    "Restore it (PutBucketPolicy) from its template if it is needed.",
    "Look at what was read and written since then.",
  ],
  falsePositives: ["A bucket that is retired by hand."],
  references: ["https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html"],
};
