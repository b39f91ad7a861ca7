import { call, type Cases } from "../support/cases";

const instance = { dBInstanceIdentifier: "orders" };
const cluster = { dBClusterIdentifier: "orders-cluster" };

export const cases: Cases = {
  hits: [
    {
      name: "in the request",
      record: call("rds:ModifyDBInstance", {
        ...instance,
        masterUserPassword: "HIDDEN_DUE_TO_SECURITY_REASONS",
      }),
      evidence: "requestParameters.masterUserPassword",
      resources: ["orders"],
    },
    {
      name: "in the response",
      record: call(
        "rds:ModifyDBInstance",
        { ...instance, applyImmediately: true },
        { responseElements: { ...instance, pendingModifiedValues: { masterUserPassword: "****" } } },
      ),
      evidence: "responseElements.pendingModifiedValues.masterUserPassword",
    },
    {
      name: "a cluster's",
      record: call("rds:ModifyDBCluster", {
        ...cluster,
        masterUserPassword: "HIDDEN_DUE_TO_SECURITY_REASONS",
      }),
      resources: ["orders-cluster"],
    },
  ],
  quiet: [
    {
      name: "something else pending",
      record: call(
        "rds:ModifyDBInstance",
        { ...instance, allocatedStorage: 40 },
        { responseElements: { ...instance, pendingModifiedValues: { allocatedStorage: 40 } } },
      ),
    },
    {
      name: "a cluster's backups",
      record: call("rds:ModifyDBCluster", { ...cluster, backupRetentionPeriod: 7 }),
    },
  ],
};
