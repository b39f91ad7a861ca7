import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { evidenceOfOpenings, openingsOf, statementsOf } from "../readers/policy";

export const s3BucketPolicyPublic: Detection = {
  id: "s3-bucket-policy-public",
  title: "Bucket policy made public",
  severity: "critical",
  attack: { technique: "T1530" },
  tier: "core",
  noise: "rare",
  events: ["s3:PutBucketPolicy"],
  remediation: "contain",
  match(record, context) {
    const statements = statementsOf(valueAt(record, "requestParameters.bucketPolicy"));
    const openings = openingsOf(statements, context).filter(({ to }) => to === "everyone");
    if (openings.length === 0) return uninspected(record);
    return {
      evidence: evidenceOfOpenings(openings, "requestParameters.bucketPolicy"),
      resources: resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
    };
  },
  runbook: [
    "Set RestrictPublicBuckets and BlockPublicPolicy on the bucket: that keeps strangers out at once and leaves the policy as it is.",
    "Find out what is in the bucket and, from the access log or data events, who has read it since then.",
    "Have the owner rewrite the policy with named principals or a condition, then remove the block if necessary.",
  ],
  falsePositives: [
    "Public websites, open data, downloads; better served through CloudFront with the bucket kept private.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html",
  ],
};
