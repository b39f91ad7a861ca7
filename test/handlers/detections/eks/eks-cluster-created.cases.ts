import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a cluster",
    record: call("eks:CreateCluster", { name: "c", roleArn: "arn:aws:iam::111122223333:role/eks" }),
    evidence: "requestParameters.roleArn",
    resources: ["c"],
  },
  {
    name: "nodes",
    record: call("eks:CreateNodegroup", { name: "c", nodegroupName: "n", instanceTypes: ["m6i.large"] }),
    resources: ["n", "c"],
  },
  {
    name: "nodes with accelerators",
    record: call("eks:CreateNodegroup", {
      clusterName: "c",
      nodegroupName: "n",
      instanceTypes: ["m6i.large", "g5.xlarge"],
    }),
    severity: "high",
  },
  {
    name: "nodes without instances",
    record: call("eks:CreateFargateProfile", { name: "c", fargateProfileName: "f" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
