import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const dynamodbTableDeleted: Detection = {
  id: "dynamodb-table-deleted",
  title: "DynamoDB table or backup deleted",
  severity: "medium",
  attack: { technique: "T1485" },
  tier: "extended",
  noise: "work",
  events: ["dynamodb:DeleteBackup", "dynamodb:DeleteTable"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["tableName", "backupArn"],
      [
        ...named(record, "AWS::DynamoDB::Table", "tableName"),
        ...named(record, "AWS::DynamoDB::Backup", "backupArn"),
      ],
    ),
  runbook: [
    "Ask the actor whether the deletion was intended.",
    "If not, restore it: with point-in-time recovery on, DynamoDB keeps a system backup for 35 days after the deletion.",
    "Enable deletion protection for tables that matter, and revoke the actor's permissions if they cannot explain it.",
  ],
  falsePositives: ["Tests that create and delete tables, and an environment that is torn down by hand."],
  references: [
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html",
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html",
  ],
};
