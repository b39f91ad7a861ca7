import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an aggregator",
    record: call("config:DeleteConfigurationAggregator", { configurationAggregatorName: "all" }),
    evidence: "requestParameters.configurationAggregatorName",
    resources: ["all"],
  },
  {
    name: "an authorization",
    record: call("config:DeleteAggregationAuthorization", {
      authorizedAccountId: "444455556666",
      authorizedAwsRegion: "eu-west-1",
    }),
  },
  {
    name: "a pack",
    record: call("config:DeleteConformancePack", { conformancePackName: "cis" }),
    resources: ["cis"],
  },
  { name: "results", record: call("config:DeleteEvaluationResults", { configRuleName: "r" }) },
  {
    name: "a rule of the organization",
    record: call("config:DeleteOrganizationConfigRule", { organizationConfigRuleName: "r" }),
  },
  {
    name: "a pack of the organization",
    record: call("config:DeleteOrganizationConformancePack", { organizationConformancePackName: "cis" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
