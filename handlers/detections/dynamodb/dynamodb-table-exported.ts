import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { isForeign } from "../readers/principal";

export const dynamodbTableExported: Detection = {
  id: "dynamodb-table-exported",
  title: "DynamoDB table exported to S3",
  severity: "medium",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "work",
  events: ["dynamodb:ExportTableToPointInTime"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["tableArn", "s3Bucket", "s3BucketOwner", "s3Prefix"],
      [...named(record, "AWS::DynamoDB::Table", "tableArn"), ...named(record, "AWS::S3::Bucket", "s3Bucket")],
    );
    if (match && isForeign(textParameterOf(record, "s3BucketOwner"), context)) match.severity = "high";
    return match;
  },
  runbook: [
    "Ask the actor what the export is for, and find out who owns the target bucket.",
    "If the bucket is yours and nobody can explain the export, delete its objects; if it is another account's, the data has left.",
    "Revoke the actor's permissions, and look for exports of other tables and for bulk reads.",
  ],
  falsePositives: ["Analytics exporting a table for the first time."],
  references: [
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html",
  ],
};
