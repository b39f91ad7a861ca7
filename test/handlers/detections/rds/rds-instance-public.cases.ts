import { call, type Cases } from "../support/cases";

const instance = { dBInstanceIdentifier: "orders" };
const cluster = { dBClusterIdentifier: "orders-cluster" };
const isPublic = { responseElements: { ...instance, publiclyAccessible: true } };
const isPrivate = { responseElements: { ...instance, publiclyAccessible: false } };
const restored = { ...instance, dBSnapshotIdentifier: "orders-final" };
const toTime = { sourceDBInstanceIdentifier: "orders-old", targetDBInstanceIdentifier: "orders" };

export const cases: Cases = {
  hits: [
    {
      name: "changed",
      record: call("rds:ModifyDBInstance", { ...instance, publiclyAccessible: true }),
      evidence: "requestParameters.publiclyAccessible",
      resources: ["orders"],
    },
    { name: "created", record: call("rds:CreateDBInstance", { ...instance, publiclyAccessible: true }) },
    {
      name: "created, public by default",
      record: call("rds:CreateDBInstance", instance, isPublic),
      evidence: "responseElements.publiclyAccessible",
    },
    {
      name: "restored, public by default",
      record: call("rds:RestoreDBInstanceFromDBSnapshot", restored, isPublic),
      resources: ["orders"],
    },
    {
      name: "restored to a point in time",
      record: call("rds:RestoreDBInstanceToPointInTime", { ...toTime, publiclyAccessible: true }),
      resources: ["orders"],
    },
    {
      name: "a cluster changed",
      record: call("rds:ModifyDBCluster", { ...cluster, publiclyAccessible: "true" }),
      resources: ["orders-cluster"],
    },
    {
      name: "a cluster created",
      record: call("rds:CreateDBCluster", { ...cluster, publiclyAccessible: true }),
    },
    {
      name: "parameters omitted",
      record: call("rds:ModifyDBInstance", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "made private",
      record: call("rds:ModifyDBInstance", { ...instance, publiclyAccessible: false }, isPublic),
    },
    {
      name: "something else of a public one changed",
      record: call("rds:ModifyDBInstance", { ...instance, allocatedStorage: 40 }, isPublic),
    },
    {
      name: "created private",
      record: call("rds:CreateDBInstance", { ...instance, publiclyAccessible: false }, isPrivate),
    },
    { name: "restored private", record: call("rds:RestoreDBInstanceFromDBSnapshot", restored, isPrivate) },
    {
      name: "restored to a point in time, private",
      record: call("rds:RestoreDBInstanceToPointInTime", toTime, isPrivate),
    },
    {
      name: "a cluster's backups",
      record: call("rds:ModifyDBCluster", { ...cluster, backupRetentionPeriod: 7 }),
    },
    {
      name: "a cluster created",
      record: call("rds:CreateDBCluster", { ...cluster, engine: "aurora-mysql" }),
    },
  ],
};
