import type { Severity } from "../../settings";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isAwsService } from "../readers/principal";
import { ownPartsIn } from "../readers/own-parts";
import { textParameterOf } from "../../cloudtrail/parameters";

export const eventbridgeRuleDisabled: Detection = {
  id: "eventbridge-rule-disabled",
  title: "EventBridge rule disabled or deleted",
  severity: "medium",
  attack: { technique: "T1489" },
  tier: "core",
  noise: "changes",
  events: ["events:DeleteRule", "events:DisableRule", "events:PutRule", "events:RemoveTargets"],
  remediation: "inverse",
  match(record, context) {
    const rule = textParameterOf(record, "name") ?? textParameterOf(record, "rule");
    const isOwn = ownPartsIn(record, context).some(({ value }) => value === rule);
    if (isAwsService(record) && !isOwn) return undefined;
    const event = nameOf(record);
    if (event === "PutRule" && textParameterOf(record, "state") !== "DISABLED") return undefined;
    // A rule is emptied before it is deleted, which is reported as loudly as it should be; and one that is put disabled
    // may be new.
    const usual: Severity = event === "RemoveTargets" || event === "PutRule" ? "low" : "medium";
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.name",
        "requestParameters.rule",
        "requestParameters.ids",
        "requestParameters.state",
        "requestParameters.eventBusName",
      ),
      resources: resourcesOf("AWS::Events::Rule", rule),
      severity: isOwn ? "critical" : usual,
    };
  },
  runbook: [
    "Find out what the rule did: security notifications, automatic fixes and backups often depend on one rule.",
    "Enable it again (aws events enable-rule) or redeploy it, and run by hand what it missed.",
    "Look for other rules, alarms and subscriptions that the actor touched.",
  ],
  falsePositives: [
    "Schedules and integrations that are paused or taken down by their owners, and stacks that are destroyed.",
  ],
  references: [
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html",
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-delete-rule.html",
  ],
};
