import { account, call, type Cases } from "../support/cases";

const principalArn = `arn:aws:iam::${account}:role/support`;

function associate(policy: string, cluster: Record<string, unknown> = { name: "shop" }) {
  return call("eks:AssociateAccessPolicy", {
    ...cluster,
    principalArn,
    policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
    accessScope: { type: "cluster" },
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "cluster administrator",
      record: associate("AmazonEKSClusterAdminPolicy"),
      evidence: "requestParameters.policyArn",
      resources: ["shop"],
    },
    {
      name: "administrator, with the SDK's name of the cluster",
      record: associate("AmazonEKSAdminPolicy", { clusterName: "shop" }),
      resources: ["shop"],
    },
    {
      name: "parameters omitted",
      record: call("eks:AssociateAccessPolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "reading only", record: associate("AmazonEKSViewPolicy") },
    { name: "reading only, all namespaces", record: associate("AmazonEKSAdminViewPolicy") },
  ],
};
