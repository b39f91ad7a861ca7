import { byAutomation, byService, call, type Case, type Cases, repeated } from "../support/cases";

const one = call("iam:AddRoleToInstanceProfile", { instanceProfileName: "web", roleName: "admin" });
const hits: Case[] = [
  { name: "a role", record: one, evidence: "requestParameters.roleName", resources: ["web", "admin"] },
  {
    name: "a profile",
    record: call("iam:CreateInstanceProfile", { instanceProfileName: "web" }),
    resources: ["web"],
  },
];
const many = (count: number) =>
  repeated(one, count, 60, (index) => ({
    requestParameters: { instanceProfileName: `web-${index}`, roleName: "admin" },
  }));

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits)],
  bursts: [
    { name: "three profiles", records: many(3), findings: 1 },
    { name: "two profiles", records: many(2), findings: 0 },
    { name: "one profile, with its role", records: hits.map(({ record }) => record), findings: 0 },
  ],
};
