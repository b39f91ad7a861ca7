import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "set to OK",
    record: call("monitoring:SetAlarmState", { alarmName: "root", stateValue: "OK" }),
    evidence: "requestParameters.stateValue",
  },
  {
    name: "an alarm",
    record: call("monitoring:PutMetricAlarm", { alarmName: "root", actionsEnabled: false }),
    evidence: "requestParameters.actionsEnabled",
    resources: ["root"],
  },
  {
    name: "a composite one",
    record: call("monitoring:PutCompositeAlarm", { alarmName: "all", actionsEnabled: "false" }),
    resources: ["all"],
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "rung to try it",
      record: call("monitoring:SetAlarmState", { alarmName: "root", stateValue: "ALARM" }),
    },
    {
      name: "with its actions",
      record: call("monitoring:PutMetricAlarm", { alarmName: "root", actionsEnabled: true }),
    },
    {
      name: "actions are enabled by default",
      record: call("monitoring:PutCompositeAlarm", { alarmName: "all" }),
    },
  ],
};
