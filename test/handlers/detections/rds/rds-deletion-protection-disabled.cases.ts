import { call, type Cases } from "../support/cases";

const instance = { dBInstanceIdentifier: "orders" };
const cluster = { dBClusterIdentifier: "orders-cluster" };

export const cases: Cases = {
  hits: [
    {
      name: "an instance",
      record: call("rds:ModifyDBInstance", {
        ...instance,
        deletionProtection: false,
        applyImmediately: true,
      }),
      evidence: "requestParameters.deletionProtection",
      resources: ["orders"],
    },
    {
      name: "a cluster",
      record: call("rds:ModifyDBCluster", { ...cluster, deletionProtection: false }),
      resources: ["orders-cluster"],
    },
    {
      name: "parameters omitted",
      record: call("rds:ModifyDBCluster", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "an instance protected",
      record: call("rds:ModifyDBInstance", { ...instance, deletionProtection: true }),
    },
    {
      name: "something else of an unprotected one",
      record: call(
        "rds:ModifyDBCluster",
        { ...cluster, backupRetentionPeriod: 7 },
        { responseElements: { ...cluster, deletionProtection: false } },
      ),
    },
  ],
};
