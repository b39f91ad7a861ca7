import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { type Fields, fieldsOf, listOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, requested } from "../support/outcomes";

/**
 * Starts the configuration recorder again. It missed changes while it was stopped.
 *
 * Source: https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigurationRecorder.html
 */
export const fixConfigRecorderStopped: Remediation = {
  id: "config-recorder-stopped",
  reads: ["config:DescribeConfigurationRecorderStatus"],
  writes: ["config:StartConfigurationRecorder"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["configurationRecorderName"]);
    if ("outcome" in asked) return asked;
    const name = asked.values.configurationRecorderName;
    const call = callsTo("configservice", finding.region);
    const answer = await unlessGone(
      aws(call("DescribeConfigurationRecorderStatus", { ConfigurationRecorderNames: [name] })),
      ["NoSuchConfigurationRecorderException"],
    );
    const status = listOf(answer?.ConfigurationRecordersStatus).map(fieldsOf)[0] as Fields | undefined;
    if (status === undefined) return changedSince(`the configuration recorder ${name} is gone`);
    if (status.recording === true) return alreadyOk(`the configuration recorder ${name} is recording`);
    const input = { ConfigurationRecorderName: name };
    return {
      summary: `Start the configuration recorder ${name}`,
      calls: [call("StartConfigurationRecorder", input)],
      rollback: [call("StopConfigurationRecorder", input)],
    };
  },
};
