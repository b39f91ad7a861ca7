import type { BaselineKind } from "../baseline";
import { pagesOf, texts } from "../listing";
import { parameter } from "../setting";

export const cluster: BaselineKind = {
  type: "AWS::EKS::Cluster",
  service: "eks",
  actions: ["eks:DescribeCluster"],
  read: { DescribeCluster: (name) => ({ name }) },
  absent: ["ResourceNotFoundException"],
  keep: { DescribeCluster: { cluster: ["name", "logging"] } },
  list: {
    actions: ["eks:ListClusters"],
    of: "region",
    async *pages(aws, region) {
      for await (const page of pagesOf(aws, ["eks", region, "ListClusters"], {}, ["nextToken", "nextToken"]))
        yield texts(page.clusters);
    },
  },
  setBy: {
    "eks:CreateCluster": parameter("name"),
    "eks:UpdateClusterConfig": parameter("name"),
  },
};
