import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a role",
    record: call("iam:AddRoleToInstanceProfile", { instanceProfileName: "web", roleName: "admin" }),
    evidence: "requestParameters.roleName",
    resources: ["web", "admin"],
  },
  {
    name: "a profile",
    record: call("iam:CreateInstanceProfile", { instanceProfileName: "web" }),
    resources: ["web"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
