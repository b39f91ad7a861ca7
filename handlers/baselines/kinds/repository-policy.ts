import type { BaselineKind } from "../baseline";
import { named, pagesOf } from "../listing";
import { parameter } from "../setting";

/** Id: the repository's name. */
export const repositoryPolicy: BaselineKind = {
  type: "AWS::ECR::RepositoryPolicy",
  service: "ecr",
  actions: ["ecr:GetRepositoryPolicy"],
  read: { GetRepositoryPolicy: (repositoryName) => ({ repositoryName }) },
  absent: ["RepositoryNotFoundException", "RepositoryPolicyNotFoundException"],
  keep: { GetRepositoryPolicy: { policyText: "all" } },
  list: {
    actions: ["ecr:DescribeRepositories"],
    of: "region",
    async *pages(aws, region) {
      const input = { maxResults: 1000 };
      const pages = pagesOf(aws, ["ecr", region, "DescribeRepositories"], input, ["nextToken", "nextToken"]);
      for await (const page of pages) yield named(page.repositories, "repositoryName");
    },
  },
  setBy: {
    "ecr:CreateRepository": parameter("repositoryName"),
    "ecr:DeleteRepositoryPolicy": parameter("repositoryName"),
    "ecr:SetRepositoryPolicy": parameter("repositoryName"),
  },
};
