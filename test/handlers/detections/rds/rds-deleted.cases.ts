import { call, type Cases, service } from "../support/cases";

const instance = {
  dBInstanceIdentifier: "orders",
  skipFinalSnapshot: false,
  finalDBSnapshotIdentifier: "orders-final",
};

export const cases: Cases = {
  hits: [
    {
      name: "an instance",
      record: call("rds:DeleteDBInstance", instance),
      evidence: "requestParameters.finalDBSnapshotIdentifier",
      resources: ["orders"],
    },
    {
      name: "an instance without a last snapshot",
      record: call("rds:DeleteDBInstance", { dBInstanceIdentifier: "orders", skipFinalSnapshot: true }),
      evidence: "requestParameters.skipFinalSnapshot",
      severity: "critical",
    },
    {
      name: "a cluster without a last snapshot",
      record: call("rds:DeleteDBCluster", { dBClusterIdentifier: "orders-cluster", skipFinalSnapshot: true }),
      resources: ["orders-cluster"],
      severity: "critical",
    },
    {
      name: "a global cluster",
      record: call("rds:DeleteGlobalCluster", { globalClusterIdentifier: "orders-world" }),
      resources: ["orders-world"],
    },
    {
      name: "a snapshot",
      record: call("rds:DeleteDBSnapshot", { dBSnapshotIdentifier: "orders-final" }),
      resources: ["orders-final"],
    },
    {
      name: "a cluster's snapshot",
      record: call("rds:DeleteDBClusterSnapshot", { dBClusterSnapshotIdentifier: "orders-cluster-final" }),
      resources: ["orders-cluster-final"],
    },
    {
      name: "an automated backup",
      record: call("rds:DeleteDBInstanceAutomatedBackup", { dbiResourceId: "db-ABCDEFGHIJKLMNOP" }),
      resources: ["db-ABCDEFGHIJKLMNOP"],
    },
    {
      name: "a cluster's automated backup",
      record: call("rds:DeleteDBClusterAutomatedBackup", { dbClusterResourceId: "cluster-ABCDEFGHIJKLMNOP" }),
      resources: ["cluster-ABCDEFGHIJKLMNOP"],
    },
  ],
  quiet: [
    {
      name: "a snapshot that has outlived its plan",
      record: call(
        "rds:DeleteDBSnapshot",
        { dBSnapshotIdentifier: "awsbackup:job-1f2e3d4c" },
        { userIdentity: service("backup.amazonaws.com"), sourceIPAddress: "backup.amazonaws.com" },
      ),
    },
  ],
  everyCall: "a deleted database is gone, whoever did it",
};
