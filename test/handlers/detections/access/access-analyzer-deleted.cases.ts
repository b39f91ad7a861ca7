import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
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

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
