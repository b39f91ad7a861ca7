import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const cloudfrontDistributionChanged: Detection = {
  id: "cloudfront-distribution-changed",
  title: "CloudFront distribution or function changed",
  severity: "low",
  attack: { technique: "T1584" },
  tier: "extended",
  noise: "work",
  events: [
    "cloudfront:CreateDistribution",
    "cloudfront:CreateDistributionWithTags",
    "cloudfront:CreateFunction",
    "cloudfront:PublishFunction",
    "cloudfront:UpdateDistribution",
    "cloudfront:UpdateFunction",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["id", "name", "distributionConfig", "distributionConfigWithTags", "functionConfig"],
      [
        ...named(record, "AWS::CloudFront::Distribution", "id"),
        ...named(record, "AWS::CloudFront::Function", "name"),
      ],
    ),
  runbook: [
    "Ask the actor what they changed: a different origin or function sees visitors, their logins and cookies.",
    "Compare the configuration with its template, and restore it if nobody can explain the change.",
    "Find out where the origin leads, and who owns it.",
  ],
  falsePositives: ["A person who changes a website by hand, and a pipeline that does so for the first time."],
  references: [
    "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html",
    "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublishFunction.html",
  ],
};
