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
    "Ask the actor whether it was meant to go.",
    "Restore it if not: with point-in-time recovery on, DynamoDB keeps a system backup for 35 days after the deletion.",
    "Switch on deletion protection for tables that matter, and take the actor's rights away if they cannot say why.",
  ],
  falsePositives: ["Tests that make tables and delete them, and an environment that is torn down by hand."],
  references: [
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html",
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html",
  ],
};
