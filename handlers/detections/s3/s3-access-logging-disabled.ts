import { uninspected } from "../readers/uninspected";
import { fieldsOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const s3AccessLoggingDisabled: Detection = {
  id: "s3-access-logging-disabled",
  title: "S3 server access logging disabled",
  severity: "medium",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "extended",
  noise: "rare",
  events: ["s3:PutBucketLogging"],
  remediation: "baseline",
  match(record) {
    const hidden = uninspected(record);
    if (hidden !== undefined) return hidden;
    const isAsked = Object.keys(fieldsOf(record.requestParameters)).length > 0;
    if (!isAsked || valueAt(record, "requestParameters.BucketLoggingStatus.LoggingEnabled") !== undefined)
      return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.BucketLoggingStatus", "requestParameters.bucketName"),
      resources: resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
    };
  },
  runbook: [
    "Find the previous target bucket and prefix (code, AWS Config, earlier PutBucketLogging) and set them again.",
    "Check whether a trail records the bucket's data events; if not, nobody sees who reads it now.",
    "Look for reads and deletions by the actor around the change.",
  ],
  falsePositives: ["A bucket whose access is recorded as a trail's data events instead."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
  ],
};
