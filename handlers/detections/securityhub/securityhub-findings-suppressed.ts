import { uninspected } from "../readers/uninspected";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAutomation, isAwsService } from "../readers/principal";
import { fieldOf, objectsOf, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { canonicalJson, textOf } from "../../json";

export const securityhubFindingsSuppressed: Detection = {
  id: "securityhub-findings-suppressed",
  title: "Security Hub findings changed or hidden",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "changes",
  events: [
    "securityhub:BatchUpdateAutomationRules",
    "securityhub:BatchUpdateFindings",
    "securityhub:CreateAutomationRule",
    "securityhub:CreateAutomationRuleV2",
    "securityhub:DeleteInsight",
    "securityhub:UpdateFindings",
    "securityhub:UpdateInsight",
  ],
  remediation: "alert",
  match(record, context) {
    if (isAutomation(record, context) || isAwsService(record)) return undefined;
    if (!hides(record)) return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.Workflow.Status",
        "requestParameters.workflow.status",
        "requestParameters.RecordState",
        "requestParameters.recordState",
        "requestParameters.RuleName",
        "requestParameters.Actions",
        "requestParameters.UpdateAutomationRulesRequestItems",
        "requestParameters.InsightArn",
        "requestParameters.FindingIdentifiers",
        "requestParameters.findingIdentifiers",
      ),
      resources: resourcesOf("AWS::SecurityHub::Insight", textParameterOf(record, "insightArn")),
      // It is new again once the resource fails again.
      ...(nameOf(record) === "BatchUpdateFindings" && statusSet(record) === "RESOLVED"
        ? { severity: "low" }
        : {}),
    };
  },
  runbook: [
    "Read the suppressed findings: are they resolved, or only hidden?",
    "Set them back to NEW if nobody can say who reviewed them.",
    "Put the people who triage into `automation`, or make an exception for them, so that only others are reported.",
  ],
  falsePositives: ["People and tools that triage findings; those resolved by hand are reported as low."],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_UpdateFindings.html",
  ],
};

/** The status in a review: `SUPPRESSED`, `RESOLVED`. */
function statusSet(record: CloudTrailRecord): string {
  const status =
    valueAt(record, "requestParameters.Workflow.Status") ??
    valueAt(record, "requestParameters.workflow.status");
  return textOf(status) ?? "";
}

function hides(record: CloudTrailRecord): boolean {
  switch (nameOf(record)) {
    case "BatchUpdateFindings":
      return ["SUPPRESSED", "RESOLVED"].includes(statusSet(record));
    case "UpdateFindings":
      return parameterOf(record, "recordState") !== "ACTIVE";
    case "BatchUpdateAutomationRules":
    case "CreateAutomationRule":
    case "CreateAutomationRuleV2":
      // Somewhere among the actions, which differ between the editions.
      return /"(?:SUPPRESSED|RESOLVED|ARCHIVED|INFORMATIONAL)"|"StatusId":(?:3|4|5)\b/.test(
        canonicalJson(actionsOf(record)),
      );
    default:
      return true;
  }
}

/** What a rule does with findings: only that, because its criteria may name the same states. */
function actionsOf(record: CloudTrailRecord): unknown[] {
  const changed = objectsOf(parameterOf(record, "updateAutomationRulesRequestItems"));
  return [parameterOf(record, "actions"), ...changed.map((rule) => fieldOf(rule, "actions"))];
}
