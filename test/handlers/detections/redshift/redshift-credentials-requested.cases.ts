import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "of a user",
    record: call("redshift:GetClusterCredentials", {
      dbUser: "analyst",
      clusterIdentifier: "warehouse",
      autoCreate: false,
    }),
    evidence: "requestParameters.dbUser",
    resources: ["warehouse"],
  },
  {
    name: "of a user that is made",
    record: call("redshift:GetClusterCredentials", {
      dbUser: "analyst",
      clusterIdentifier: "warehouse",
      autoCreate: true,
    }),
    severity: "medium",
  },
  {
    name: "of the caller",
    record: call("redshift:GetClusterCredentialsWithIAM", { clusterIdentifier: "warehouse" }),
  },
  {
    name: "without a server",
    record: call("redshift-serverless:GetCredentials", { workgroupName: "reports" }),
    resources: ["reports"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
