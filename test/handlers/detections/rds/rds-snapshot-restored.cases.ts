import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "of a snapshot",
    record: call("rds:RestoreDBInstanceFromDBSnapshot", {
      dBSnapshotIdentifier: "copy",
      dBInstanceIdentifier: "orders-2",
      publiclyAccessible: true,
    }),
    evidence: "requestParameters.publiclyAccessible",
    resources: ["orders-2"],
  },
  {
    name: "to a point in time",
    record: call("rds:RestoreDBInstanceToPointInTime", {
      sourceDBInstanceIdentifier: "orders",
      targetDBInstanceIdentifier: "orders-2",
    }),
    resources: ["orders", "orders-2"],
  },
  {
    name: "of objects",
    record: call("rds:RestoreDBInstanceFromS3", {
      dBInstanceIdentifier: "orders-2",
      s3BucketName: "backups",
    }),
  },
  {
    name: "a cluster of a snapshot",
    record: call("rds:RestoreDBClusterFromSnapshot", {
      dBClusterIdentifier: "orders-2",
      snapshotIdentifier: "copy",
    }),
    evidence: "requestParameters.snapshotIdentifier",
  },
  {
    name: "a cluster to a point in time",
    record: call("rds:RestoreDBClusterToPointInTime", {
      dBClusterIdentifier: "orders-2",
      sourceDBClusterIdentifier: "orders",
    }),
  },
  {
    name: "a cluster of objects",
    record: call("rds:RestoreDBClusterFromS3", { dBClusterIdentifier: "orders-2", s3BucketName: "backups" }),
  },
  {
    name: "a replica",
    record: call("rds:CreateDBInstanceReadReplica", {
      dBInstanceIdentifier: "orders-2",
      sourceDBInstanceIdentifier: "orders",
    }),
    resources: ["orders"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
