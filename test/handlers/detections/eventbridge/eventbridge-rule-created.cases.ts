import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a destination",
    record: call("events:CreateApiDestination", { name: "d", invocationEndpoint: "https://example.com" }),
    evidence: "requestParameters.invocationEndpoint",
  },
  {
    name: "a rule for devices' messages",
    record: call("iot:CreateTopicRule", { ruleName: "r" }),
    evidence: "requestParameters.ruleName",
  },
  {
    name: "a rule",
    record: call("events:PutRule", {
      name: "on-user",
      eventPattern: '{"detail":{"eventName":["CreateUser"]}}',
      state: "ENABLED",
    }),
    evidence: "requestParameters.eventPattern",
    resources: ["on-user"],
  },
  {
    name: "targets",
    record: call("events:PutTargets", {
      rule: "on-user",
      targets: [{ id: "1", arn: "arn:aws:lambda:eu-west-1:111122223333:function:helper" }],
    }),
    evidence: "requestParameters.targets",
    resources: ["on-user"],
  },
  {
    name: "a schedule",
    record: call("scheduler:CreateSchedule", { name: "hourly", scheduleExpression: "rate(1 hour)" }),
    resources: ["hourly"],
  },
  { name: "a schedule changed", record: call("scheduler:UpdateSchedule", { name: "hourly" }) },
  { name: "a pipe", record: call("pipes:CreatePipe", { name: "p" }) },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "a rule that is off", record: call("events:PutRule", { name: "on-user", state: "DISABLED" }) },
  ],
};
