import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a password",
    record: call("ds:ResetUserPassword", { directoryId: "d-1", userName: "Admin", newPassword: "***" }),
    evidence: "requestParameters.userName",
    resources: ["d-1"],
  },
  {
    name: "a trust",
    record: call("ds:CreateTrust", {
      directoryId: "d-1",
      remoteDomainName: "attacker.example",
      trustDirection: "Two-Way",
    }),
    evidence: "requestParameters.remoteDomainName",
  },
  { name: "data access", record: call("ds:EnableDirectoryDataAccess", { directoryId: "d-1" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
