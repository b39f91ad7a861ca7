import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { isPerson, isScanner, personsOnly, principalKeyOf } from "../readers/principal";

export const s3ObjectsBulkRead: Detection = {
  id: "s3-objects-bulk-read",
  title: "Many objects read by one person or key",
  severity: "medium",
  attack: { technique: "T1530" },
  tier: "extended",
  noise: "work",
  events: ["s3:GetObject", "s3:SelectObjectContent"],
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 100,
    countedBy: principalKeyOf,
    distinct: (record) => [`${textParameterOf(record, "bucketName")}/${textParameterOf(record, "key")}`],
  },
  novel: { days: 30, learning: 14 },
  hint: personsOnly,
  match(record, context) {
    if (!isPerson(record) || isScanner(record, context)) return undefined;
    return calledByHand(
      record,
      context,
      ["bucketName", "key"],
      named(record, "AWS::S3::Bucket", "bucketName"),
    );
  },
  runbook: [
    "Ask the actor what they downloaded; leaked keys are used to copy whole buckets within minutes.",
    "Deactivate the key if there is no explanation; data events and the server access log show which objects were copied.",
    "Find out what the objects contained, and who must be notified.",
  ],
  falsePositives: [
    "A person copying a bucket for the first time. Seen only if the trail records S3 data events.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html",
  ],
};
