import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "created",
    record: call("sso:CreatePermissionSet", { instanceArn: "i", name: "Admin", sessionDuration: "PT12H" }),
    evidence: "requestParameters.name",
    resources: ["Admin"],
  },
  {
    name: "changed",
    record: call("sso:UpdatePermissionSet", {
      instanceArn: "i",
      permissionSetArn: "p",
      sessionDuration: "PT12H",
    }),
    resources: ["p"],
  },
  {
    name: "provisioned",
    record: call("sso:ProvisionPermissionSet", {
      instanceArn: "i",
      permissionSetArn: "p",
      targetType: "ALL_PROVISIONED_ACCOUNTS",
    }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
