import { account, call, type Cases, otherAccount } from "../support/cases";

function share(values: unknown, attributeName = "restore") {
  return call("rds:ModifyDBSnapshotAttribute", {
    dBSnapshotIdentifier: "orders-final",
    attributeName,
    valuesToAdd: values,
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "everybody",
      record: share(["all"]),
      evidence: "requestParameters.valuesToAdd",
      resources: ["orders-final"],
    },
    { name: "another account", record: share([account, otherAccount]) },
    { name: "another account as text", record: share(otherAccount) },
    {
      name: "a cluster's snapshot",
      record: call("rds:ModifyDBClusterSnapshotAttribute", {
        dBClusterSnapshotIdentifier: "orders-cluster-final",
        attributeName: "restore",
        valuesToAdd: [otherAccount],
      }),
      resources: ["orders-cluster-final"],
    },
    {
      name: "parameters omitted",
      record: call("rds:ModifyDBSnapshotAttribute", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "the own account", record: share([account]) },
    {
      name: "a trusted account",
      record: share([otherAccount]),
      context: { trustedAccounts: [otherAccount] },
    },
    {
      name: "taken away",
      record: call("rds:ModifyDBClusterSnapshotAttribute", {
        dBClusterSnapshotIdentifier: "orders-cluster-final",
        attributeName: "restore",
        valuesToRemove: ["all"],
      }),
    },
    { name: "another attribute", record: share(["all"], "something-else") },
  ],
};
