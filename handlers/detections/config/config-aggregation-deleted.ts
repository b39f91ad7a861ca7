import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const configAggregationDeleted: Detection = {
  id: "config-aggregation-deleted",
  title: "Config aggregator, pack or organization rule deleted",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "config:DeleteAggregationAuthorization",
    "config:DeleteConfigurationAggregator",
    "config:DeleteConformancePack",
    "config:DeleteEvaluationResults",
    "config:DeleteOrganizationConfigRule",
    "config:DeleteOrganizationConformancePack",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "configurationAggregatorName",
        "conformancePackName",
        "organizationConfigRuleName",
        "organizationConformancePackName",
        "authorizedAccountId",
      ],
      [
        ...named(record, "AWS::Config::ConfigurationAggregator", "configurationAggregatorName"),
        ...named(record, "AWS::Config::ConformancePack", "conformancePackName"),
        ...named(record, "AWS::Config::OrganizationConfigRule", "organizationConfigRuleName"),
        ...named(record, "AWS::Config::OrganizationConformancePack", "organizationConformancePackName"),
      ],
    ),
  runbook: [
    "Recreate it from its template unless its owner gave it up.",
    "Look at which rules were violated before, and by whom.",
    "Deny these calls to everybody but the security team with a service control policy.",
  ],
  falsePositives: ["A conformance pack that is replaced by another."],
  references: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteConfigurationAggregator.html",
    "https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteOrganizationConfigRule.html",
  ],
};
