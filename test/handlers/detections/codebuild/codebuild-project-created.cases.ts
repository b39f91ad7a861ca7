import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a batch of another source",
    record: call("codebuild:StartBuildBatch", { projectName: "p", buildspecOverride: "version: 0.2" }),
    evidence: "requestParameters.buildspecOverride",
  },
  {
    name: "a repository",
    record: call("codecommit:CreateRepository", { repositoryName: "r" }),
    evidence: "requestParameters.repositoryName",
  },
  { name: "codebuild UpdateWebhook", record: call("codebuild:UpdateWebhook", { projectName: "p" }) },
  {
    name: "codeconnections CreateConnection",
    record: call("codeconnections:CreateConnection", { connectionName: "c" }),
  },
  {
    name: "codestar-connections CreateConnection",
    record: call("codestar-connections:CreateConnection", { connectionName: "c" }),
  },
  {
    name: "a project",
    record: call("codebuild:CreateProject", {
      name: "p",
      serviceRole: "arn:aws:iam::111122223333:role/build",
      source: { type: "GITHUB" },
    }),
    evidence: "requestParameters.serviceRole",
    resources: ["p"],
  },
  {
    name: "a project changed",
    record: call("codebuild:UpdateProject", { name: "p", source: { type: "GITHUB" } }),
  },
  {
    name: "a build of another source",
    record: call("codebuild:StartBuild", {
      projectName: "p",
      sourceLocationOverride: "https://github.com/example/other",
      buildspecOverride: "version: 0.2",
    }),
    evidence: "requestParameters.sourceLocationOverride",
    resources: ["p"],
  },
  { name: "a webhook", record: call("codebuild:CreateWebhook", { projectName: "p" }) },
  {
    name: "credentials",
    record: call("codebuild:ImportSourceCredentials", {
      serverType: "GITHUB",
      token: "HIDDEN_DUE_TO_SECURITY_REASONS",
    }),
    evidence: "requestParameters.serverType",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "a batch as it is", record: call("codebuild:StartBuildBatch", { projectName: "p" }) },
    {
      name: "a build as it is",
      record: call("codebuild:StartBuild", { projectName: "p", sourceVersion: "main" }),
    },
  ],
};
