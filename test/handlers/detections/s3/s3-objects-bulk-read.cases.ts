import { type Case, type Cases, byAutomation, byService, call, repeated, role, root } from "../support/cases";

const one = call("s3:GetObject", { bucketName: "payroll", key: "2025/march.csv" }, { readOnly: true });
const hits: Case[] = [
  {
    name: "by a query",
    record: call("s3:SelectObjectContent", { bucketName: "payroll", key: "2025/march.csv" }),
  },
  { name: "by a user", record: one, evidence: "requestParameters.key", resources: ["payroll"] },
  { name: "by root", record: { ...one, userIdentity: root() } },
  {
    name: "by somebody from Identity Center",
    record: { ...one, userIdentity: role("AWSReservedSSO_Dev_0a1b", "ana") },
  },
];
const many = (count: number) =>
  repeated(one, count, 1, (index) => ({ requestParameters: { bucketName: "payroll", key: `${index}` } }));

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits, "athena.amazonaws.com"),
    { name: "by a role of software", record: { ...one, userIdentity: role("orders") } },
    { name: "by a scanner", record: one, context: { scanners: ["*:user/alice"] } },
  ],
  bursts: [
    { name: "a hundred objects", records: many(100), findings: 1 },
    { name: "ninety-nine objects", records: many(99), findings: 0 },
    { name: "one object again and again", records: repeated(one, 300, 1), findings: 0 },
    {
      name: "twenty, where ten are many",
      records: many(20),
      findings: 1,
      context: { thresholds: { "s3-objects-bulk-read": 10 } },
    },
  ],
};
