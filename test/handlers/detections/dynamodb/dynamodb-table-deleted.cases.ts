import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a table",
    record: call("dynamodb:DeleteTable", { tableName: "orders" }),
    evidence: "requestParameters.tableName",
    resources: ["orders"],
  },
  {
    name: "a backup",
    record: call("dynamodb:DeleteBackup", {
      backupArn: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/1",
    }),
    resources: ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
