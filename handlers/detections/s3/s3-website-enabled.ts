import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const s3WebsiteEnabled: Detection = {
  id: "s3-website-enabled",
  title: "Bucket website or event notifications configured",
  severity: "low",
  attack: { technique: "T1546" },
  tier: "extended",
  noise: "work",
  events: ["s3:PutBucketCors", "s3:PutBucketNotification", "s3:PutBucketWebsite"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["bucketName", "WebsiteConfiguration", "NotificationConfiguration", "CORSConfiguration"],
      named(record, "AWS::S3::Bucket", "bucketName"),
    ),
  runbook: [
    "Ask the bucket's owner what it is for: a website exposes the bucket's content, and a notification runs a function on every object.",
    "Remove it again (DeleteBucketWebsite, PutBucketNotificationConfiguration) if nobody can explain it.",
    "Look at the bucket's policy and objects for what was put there.",
  ],
  falsePositives: ["A bucket set up by hand."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html",
  ],
};
