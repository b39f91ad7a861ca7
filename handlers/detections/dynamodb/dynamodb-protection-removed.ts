import type { Detection } from "../detection";
import { isFalse } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { evidenceAt, valueAt } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const dynamodbProtectionRemoved: Detection = {
  id: "dynamodb-protection-removed",
  title: "Protection of a DynamoDB table switched off",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "extended",
  noise: "changes",
  events: ["dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable"],
  remediation: "inverse",
  hint: { field: "requestParameters", texts: ["overyEnabled", "deletionProtectionEnabled"] },
  match(record) {
    const off = [
      "requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled",
      "requestParameters.deletionProtectionEnabled",
    ].filter((path) => isFalse(valueAt(record, path)));
    if (off.length === 0) return uninspected(record);
    return {
      evidence: evidenceAt(record, ...off),
      resources: named(record, "AWS::DynamoDB::Table", "tableName"),
    };
  },
  runbook: [
    "Ask the actor why; this precedes a deletion that cannot be undone.",
    "Enable it again (UpdateContinuousBackups, UpdateTable) unless the table's owner wants it this way.",
    "Look for DeleteTable and DeleteBackup by the same actor.",
  ],
  falsePositives: ["A test table that is about to be deleted."],
  references: [
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html",
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html",
  ],
};
