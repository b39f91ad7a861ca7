import { type Case, type Cases, byAutomation, byService, call, role } from "../support/cases";

const one = call("dynamodb:Scan", { tableName: "orders" }, { readOnly: true });
const hits: Case[] = [
  { name: "a scan", record: one, evidence: "requestParameters.tableName", resources: ["orders"] },
  {
    name: "many items",
    record: call("dynamodb:BatchGetItem", { requestItems: { orders: {} } }),
    evidence: "requestParameters.requestItems",
  },
  {
    name: "a statement",
    record: call("dynamodb:ExecuteStatement", { statement: "HIDDEN_DUE_TO_SECURITY_REASONS" }),
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "by a role of software", record: { ...one, userIdentity: role("orders") } },
    { name: "by a scanner", record: one, context: { scanners: ["*:user/alice"] } },
  ],
};
