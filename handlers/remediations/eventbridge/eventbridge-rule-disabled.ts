import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused } from "../support/outcomes";

/**
 * Enables the rule again. A rule that was enabled for all CloudTrail management events is enabled for the usual ones: the
 * event does not have the state before. A deleted rule, and targets that were removed, are not in their events.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html
 */
export const fixEventbridgeRuleDisabled: Remediation = {
  id: "eventbridge-rule-disabled",
  reads: ["events:DescribeRule"],
  writes: ["events:EnableRule"],
  async plan(finding: Finding, aws: CallAws) {
    const { record, region } = finding;
    if (nameOf(record) !== "DisableRule")
      return needsBaseline(`the record of ${nameOf(record)} does not have what it deleted`);
    const Name = textParameterOf(record, "name");
    if (Name === undefined) return refused("the record does not say which rule was disabled");
    const bus = textParameterOf(record, "eventBusName");
    const input = bus === undefined ? { Name } : { Name, EventBusName: bus };
    const call = callsTo("events", region);
    const live = await unlessGone(aws(call("DescribeRule", input)), ["ResourceNotFoundException"]);
    if (live === undefined) return changedSince(`the rule ${Name} is gone`);
    if (live.State !== "DISABLED") return alreadyOk(`the rule ${Name} is enabled`);
    return {
      summary: `Enable the EventBridge rule ${Name}`,
      calls: [call("EnableRule", input)],
      rollback: [call("DisableRule", input)],
    };
  },
};
