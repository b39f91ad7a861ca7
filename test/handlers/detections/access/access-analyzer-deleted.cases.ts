import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "findings archived",
    record: call("access-analyzer:UpdateFindings", { analyzerArn: "a", ids: ["f"], status: "ARCHIVED" }),
    severity: "low",
  },
  {
    name: "a rule applied",
    record: call("access-analyzer:ApplyArchiveRule", { analyzerArn: "a", ruleName: "all" }),
    severity: "low",
  },
  {
    name: "deleted",
    record: call("access-analyzer:DeleteAnalyzer", { analyzerName: "main" }),
    evidence: "requestParameters.analyzerName",
    resources: ["main"],
  },
  {
    name: "a rule",
    record: call("access-analyzer:CreateArchiveRule", { analyzerName: "main", ruleName: "all", filter: {} }),
    severity: "low",
  },
  {
    name: "a rule changed",
    record: call("access-analyzer:UpdateArchiveRule", { analyzerName: "main", ruleName: "all" }),
    severity: "low",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "findings made active again",
      record: call("access-analyzer:UpdateFindings", { analyzerArn: "a", ids: ["f"], status: "ACTIVE" }),
    },
  ],
};
