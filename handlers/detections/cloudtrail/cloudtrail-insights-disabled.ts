import type { Detection } from "../detection";
import { parameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const cloudtrailInsightsDisabled: Detection = {
  id: "cloudtrail-insights-disabled",
  title: "CloudTrail Insights switched off",
  severity: "medium",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "extended",
  noise: "rare",
  events: ["cloudtrail:PutInsightSelectors"],
  remediation: "alert",
  match(record) {
    const selectors = parameterOf(record, "insightSelectors");
    if (!Array.isArray(selectors) || selectors.length > 0) return uninspected(record);
    return {
      evidence: shown(record, "insightSelectors", "trailName", "eventDataStore"),
      resources: [
        ...named(record, "AWS::CloudTrail::Trail", "trailName"),
        ...named(record, "AWS::CloudTrail::EventDataStore", "eventDataStore"),
      ],
    };
  },
  runbook: [
    "Enable it again (PutInsightSelectors) unless it was dropped to save cost.",
    "Look at what the same actor did before and after.",
    "Deny this call to everybody but those who run the trail with a service control policy.",
  ],
  falsePositives: ["Insights that are dropped to save cost."],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutInsightSelectors.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-insights-events-with-cloudtrail.html",
  ],
};
