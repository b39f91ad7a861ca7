import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const dynamodbBackupRestored: Detection = {
  id: "dynamodb-backup-restored",
  title: "Table backed up or restored from a backup",
  severity: "low",
  attack: { technique: "T1530" },
  tier: "extended",
  noise: "work",
  events: ["dynamodb:CreateBackup", "dynamodb:RestoreTableFromBackup", "dynamodb:RestoreTableToPointInTime"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["tableName", "backupName", "backupArn", "sourceTableName", "targetTableName"],
      [...named(record, "AWS::DynamoDB::Table", "tableName", "targetTableName")],
    ),
  runbook: [
    "Ask the actor what the copy is for: a restored table has none of the original's policies and alarms.",
    "Delete the copy if nobody needs it.",
    "Look for scans and exports of the new table.",
  ],
  falsePositives: ["A person who restores a table for the first time, after an accident or for a test."],
  references: [
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html",
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html",
  ],
};
