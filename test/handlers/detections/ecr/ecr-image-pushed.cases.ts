import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a public image",
    record: call("ecr-public:PutImage", { repositoryName: "app", imageTag: "latest" }),
  },
  {
    name: "an image",
    record: call("ecr:PutImage", { repositoryName: "app", imageTag: "latest" }),
    evidence: "requestParameters.imageTag",
    resources: ["app"],
  },
  {
    name: "a repository",
    record: call("ecr:CreateRepository", { repositoryName: "tools" }),
    resources: ["tools"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
