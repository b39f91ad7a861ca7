import { type CallAws, callsTo } from "../../aws/call";
import { fieldsOf, listOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, needsBaseline, refused } from "../support/outcomes";

/**
 * Enables the actions of alarms that the event silenced and that are still silent. The event does not contain deleted
 * alarms.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html
 */
export const fixCloudwatchAlarmDisabled: Remediation = {
  id: "cloudwatch-alarm-disabled",
  reads: ["cloudwatch:DescribeAlarms"],
  writes: ["cloudwatch:EnableAlarmActions"],
  async plan(finding: Finding, aws: CallAws) {
    const { record, region } = finding;
    if (nameOf(record) !== "DisableAlarmActions")
      return needsBaseline(`the record of ${nameOf(record)} does not contain what it deleted`);
    const names = textsOf(parameterOf(record, "alarmNames"));
    if (names.length === 0) return refused("the record does not say which alarms were silenced");
    const call = callsTo("cloudwatch", region);
    const answer = await aws(
      // One call silences at most 100 alarms, and one page shows as many.
      call("DescribeAlarms", {
        AlarmNames: names,
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        MaxRecords: 100,
      }),
    );
    const silent = [...listOf(answer.MetricAlarms), ...listOf(answer.CompositeAlarms)]
      .map(fieldsOf)
      .filter((alarm) => alarm.ActionsEnabled === false)
      .map((alarm) => textOf(alarm.AlarmName))
      .filter((name) => name !== undefined);
    if (silent.length === 0)
      return alreadyOk(`the alarms ${names.join(", ")} have their actions enabled, or are gone`);
    return {
      summary: `Enable the actions of the alarms ${silent.join(", ")} again`,
      calls: [call("EnableAlarmActions", { AlarmNames: silent })],
      rollback: [call("DisableAlarmActions", { AlarmNames: silent })],
    };
  },
};
