import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";

export const eventbridgeRuleCreated: Detection = {
  id: "eventbridge-rule-created",
  title: "EventBridge rule, target or schedule created by hand",
  severity: "low",
  attack: { technique: "T1546" },
  tier: "extended",
  noise: "work",
  events: [
    "events:CreateApiDestination",
    "events:PutRule",
    "events:PutTargets",
    "iot:CreateTopicRule",
    "pipes:CreatePipe",
    "scheduler:CreateSchedule",
    "scheduler:UpdateSchedule",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    // A disabled rule does nothing.
    if (textParameterOf(record, "state") === "DISABLED") return undefined;
    return calledByHand(
      record,
      context,
      [
        "name",
        "rule",
        "eventBusName",
        "eventPattern",
        "scheduleExpression",
        "targets",
        "target",
        "roleArn",
        "invocationEndpoint",
        "ruleName",
      ],
      [
        ...named(record, "AWS::Events::Rule", "rule"),
        ...(nameOf(record) === "PutRule" ? named(record, "AWS::Events::Rule", "name") : []),
        ...(nameOf(record).endsWith("Schedule") ? named(record, "AWS::Scheduler::Schedule", "name") : []),
      ],
    );
  },
  runbook: [
    "Ask the actor what is triggered by which events: a rule on CreateUser that calls a function is a back door.",
    "Disable it (DisableRule, UpdateSchedule) if nobody can explain it, and read the code of its target.",
    "Look at the permissions of the target's role, and at what it did since then.",
  ],
  falsePositives: ["A developer creating a rule or schedule by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html",
    "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html",
  ],
};
