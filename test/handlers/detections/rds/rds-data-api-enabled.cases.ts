import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "rds EnableHttpEndpoint",
    record: call("rds:EnableHttpEndpoint", {
      resourceArn: "arn:aws:rds:eu-west-1:111122223333:cluster:orders",
    }),
    evidence: "requestParameters.resourceArn",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
