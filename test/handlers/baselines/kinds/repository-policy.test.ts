import { describeKind } from "./describe-kind";

const asked = { requestParameters: { repositoryName: "web" } };

describeKind("repositoryPolicy", {
  read: {
    id: "web",
    answers: {
      "ecr:GetRepositoryPolicy": { registryId: "111122223333", repositoryName: "web", policyText: "{}" },
    },
    state: { GetRepositoryPolicy: { policyText: "{}" } },
  },
  list: {
    answers: {
      "ecr:DescribeRepositories": ({ nextToken }) =>
        nextToken === undefined
          ? { repositories: [{ repositoryName: "web" }], nextToken: "more" }
          : { repositories: [{ repositoryName: "api" }] },
    },
    found: [{ id: "web" }, { id: "api" }],
  },
  setBy: [
    ["ecr:CreateRepository", asked, ["web"]],
    ["ecr:DeleteRepositoryPolicy", asked, ["web"]],
    ["ecr:SetRepositoryPolicy", asked, ["web"]],
  ],
});
