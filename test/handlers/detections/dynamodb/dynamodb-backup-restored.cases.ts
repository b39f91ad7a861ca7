import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a backup",
    record: call("dynamodb:CreateBackup", { tableName: "users", backupName: "b" }),
    evidence: "requestParameters.backupName",
    resources: ["users"],
  },
  {
    name: "restored",
    record: call("dynamodb:RestoreTableFromBackup", { targetTableName: "copy", backupArn: "b" }),
    resources: ["copy"],
  },
  {
    name: "restored to a time",
    record: call("dynamodb:RestoreTableToPointInTime", { sourceTableName: "users", targetTableName: "copy" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
