import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a key",
    record: call("appsync:CreateApiKey", { apiId: "a-1" }),
    evidence: "requestParameters.apiId",
    resources: ["a-1"],
  },
  {
    name: "an API changed",
    record: call("appsync:UpdateGraphqlApi", { apiId: "a-1", name: "x", authenticationType: "API_KEY" }),
    evidence: "requestParameters.authenticationType",
  },
  {
    name: "a key beside another way",
    record: call("appsync:UpdateGraphqlApi", {
      apiId: "a-1",
      authenticationType: "AWS_IAM",
      additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
    }),
  },
  {
    name: "a new API",
    record: call("appsync:CreateGraphqlApi", { name: "x", authenticationType: "API_KEY" }),
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "an API for roles",
      record: call("appsync:UpdateGraphqlApi", { apiId: "a-1", authenticationType: "AWS_IAM" }),
    },
  ],
};
