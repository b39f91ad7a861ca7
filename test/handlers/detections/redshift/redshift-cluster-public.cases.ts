import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "created",
      record: call("redshift:CreateCluster", { clusterIdentifier: "warehouse", publiclyAccessible: true }),
      evidence: "requestParameters.publiclyAccessible",
      resources: ["warehouse"],
    },
    {
      name: "changed",
      record: call("redshift:ModifyCluster", { clusterIdentifier: "warehouse", publiclyAccessible: "true" }),
    },
    {
      name: "restored",
      record: call("redshift:RestoreFromClusterSnapshot", {
        clusterIdentifier: "warehouse",
        snapshotIdentifier: "s",
        publiclyAccessible: true,
      }),
    },
    {
      name: "without a server",
      record: call("redshift-serverless:CreateWorkgroup", {
        workgroupName: "reports",
        publiclyAccessible: true,
      }),
      resources: ["reports"],
    },
    {
      name: "without a server, changed",
      record: call("redshift-serverless:UpdateWorkgroup", {
        workgroupName: "reports",
        publiclyAccessible: true,
      }),
    },
  ],
  quiet: [
    {
      name: "private",
      record: call("redshift:CreateCluster", { clusterIdentifier: "warehouse", publiclyAccessible: false }),
    },
    {
      name: "another change",
      record: call("redshift:ModifyCluster", { clusterIdentifier: "warehouse", numberOfNodes: 3 }),
    },
    {
      name: "restored as it was",
      record: call("redshift:RestoreFromClusterSnapshot", { clusterIdentifier: "warehouse" }),
    },
    {
      name: "private, without a server",
      record: call("redshift-serverless:CreateWorkgroup", { workgroupName: "reports" }),
    },
    {
      name: "another change, without a server",
      record: call("redshift-serverless:UpdateWorkgroup", { workgroupName: "reports", baseCapacity: 32 }),
    },
  ],
};
