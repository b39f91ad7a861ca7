import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isAwsService } from "../readers/principal";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";

export const cloudwatchAlarmDisabled: Detection = {
  id: "cloudwatch-alarm-disabled",
  title: "CloudWatch alarm deleted or silenced",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.006" },
  tier: "extended",
  noise: "changes",
  events: ["monitoring:DeleteAlarms", "monitoring:DisableAlarmActions"],
  remediation: "inverse",
  match(record) {
    // Auto Scaling creates its own alarms and deletes them again.
    if (isAwsService(record)) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.alarmNames"),
      resources: resourcesOf("AWS::CloudWatch::Alarm", ...textsOf(parameterOf(record, "alarmNames"))),
    };
  },
  runbook: [
    "See what the alarms watched; those on CloudTrail's log group are often required by a benchmark.",
    "Enable their actions again, or redeploy them from code.",
    "Look at the metrics for the time in which nobody was notified.",
  ],
  falsePositives: ["Alarms muted for maintenance; stacks that are destroyed."],
  references: [
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html",
  ],
};
