import type { Detection } from "../detection";
import { isFalse, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const cloudwatchAlarmSilenced: Detection = {
  id: "cloudwatch-alarm-silenced",
  title: "CloudWatch alarm saved without its actions, or set to OK",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.006" },
  tier: "extended",
  noise: "changes",
  events: ["monitoring:PutCompositeAlarm", "monitoring:PutMetricAlarm", "monitoring:SetAlarmState"],
  remediation: "alert",
  match(record, context) {
    const isSetQuiet = textParameterOf(record, "stateValue") === "OK";
    if (!isSetQuiet && !isFalse(parameterOf(record, "actionsEnabled"))) return uninspected(record);
    return calledByHand(
      record,
      context,
      ["actionsEnabled", "alarmActions", "stateValue", "stateReason"],
      named(record, "AWS::CloudWatch::Alarm", "alarmName"),
    );
  },
  runbook: [
    "See what the alarm watches, and whether it notified anybody before.",
    "Enable its actions again (EnableAlarmActions), or redeploy it from code.",
    "Look at the metric for the time in which nobody was notified.",
  ],
  falsePositives: ["A new alarm that is tried out before it notifies; maintenance."],
  references: [
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html",
  ],
};
