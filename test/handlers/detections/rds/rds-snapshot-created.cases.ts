import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "of an instance",
    record: call("rds:CreateDBSnapshot", { dBSnapshotIdentifier: "copy", dBInstanceIdentifier: "orders" }),
    evidence: "requestParameters.dBSnapshotIdentifier",
    resources: ["copy", "orders"],
  },
  {
    name: "of a cluster",
    record: call("rds:CreateDBClusterSnapshot", {
      dBClusterSnapshotIdentifier: "copy",
      dBClusterIdentifier: "orders",
    }),
    resources: ["copy", "orders"],
  },
  {
    name: "a copy",
    record: call("rds:CopyDBSnapshot", {
      sourceDBSnapshotIdentifier: "rds:orders-2025-03-04",
      targetDBSnapshotIdentifier: "copy",
    }),
    resources: ["rds:orders-2025-03-04"],
  },
  {
    name: "a copy of a cluster's",
    record: call("rds:CopyDBClusterSnapshot", {
      sourceDBClusterSnapshotIdentifier: "rds:orders-2025-03-04",
      targetDBClusterSnapshotIdentifier: "copy",
    }),
    evidence: "requestParameters.sourceDBClusterSnapshotIdentifier",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
