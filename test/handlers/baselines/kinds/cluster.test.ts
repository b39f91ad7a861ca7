import { describeKind } from "./describe-kind";

describeKind("cluster", {
  read: {
    id: "c",
    answers: {
      "eks:DescribeCluster": { cluster: { name: "c", logging: { clusterLogging: [] }, status: "ACTIVE" } },
    },
    state: { DescribeCluster: { cluster: { name: "c", logging: { clusterLogging: [] } } } },
  },
  list: {
    answers: {
      "eks:ListClusters": ({ nextToken }) =>
        nextToken === undefined ? { clusters: ["c"], nextToken: "more" } : { clusters: ["d"] },
    },
    found: [{ id: "c" }, { id: "d" }],
  },
  setBy: [
    ["eks:CreateCluster", { requestParameters: { name: "c" } }, ["c"]],
    ["eks:UpdateClusterConfig", { requestParameters: { name: "c" } }, ["c"]],
  ],
});
