import { type Case, type Cases, byAutomation, byService, call, repeated, role } from "../support/cases";

const one = call("lambda:GetFunction20150331v2", { functionName: "orders" }, { readOnly: true });
const hits: Case[] = [
  { name: "one", record: one, evidence: "requestParameters.functionName", resources: ["orders"] },
];
const many = (count: number) =>
  repeated(one, count, 1, (index) => ({ requestParameters: { functionName: `f${index}` } }));

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "by a role of software", record: { ...one, userIdentity: role("deploy") } },
    { name: "by a scanner", record: one, context: { scanners: ["*:user/alice"] } },
  ],
  bursts: [
    { name: "ten functions", records: many(10), findings: 1 },
    { name: "nine functions", records: many(9), findings: 0 },
  ],
};
