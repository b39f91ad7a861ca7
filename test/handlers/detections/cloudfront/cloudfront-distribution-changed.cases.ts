import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "changed",
    record: call("cloudfront:UpdateDistribution2020_05_31", {
      id: "E1",
      distributionConfig: { origins: { quantity: 1 } },
    }),
    evidence: "requestParameters.distributionConfig",
    resources: ["E1"],
  },
  { name: "new", record: call("cloudfront:CreateDistribution2020_05_31", { distributionConfig: {} }) },
  {
    name: "new, with tags",
    record: call("cloudfront:CreateDistributionWithTags2020_05_31", { distributionConfigWithTags: {} }),
  },
  {
    name: "code",
    record: call("cloudfront:CreateFunction2020_05_31", { name: "rewrite" }),
    resources: ["rewrite"],
  },
  { name: "code changed", record: call("cloudfront:UpdateFunction2020_05_31", { name: "rewrite" }) },
  { name: "code published", record: call("cloudfront:PublishFunction2020_05_31", { name: "rewrite" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
