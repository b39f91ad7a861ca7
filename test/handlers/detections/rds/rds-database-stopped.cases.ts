import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an instance",
    record: call("rds:StopDBInstance", { dBInstanceIdentifier: "orders" }),
    evidence: "requestParameters.dBInstanceIdentifier",
    resources: ["orders"],
  },
  {
    name: "a cluster",
    record: call("rds:StopDBCluster", { dBClusterIdentifier: "orders" }),
    resources: ["orders"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
