import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { fieldOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, picked, sameJson, textOf } from "../../json";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline } from "../support/outcomes";

/** The members of a recorder that PutConfigurationRecorder takes. */
const members = ["name", "roleARN", "recordingGroup", "recordingMode"];

/**
 * Makes the recorder record the types that it recorded before, as in the baseline. It missed changes to the others in the
 * meantime.
 *
 * Source: https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
 */
export const fixConfigRecorderNarrowed: Remediation = {
  id: "config-recorder-narrowed",
  reads: ["config:DescribeConfigurationRecorders"],
  writes: ["config:PutConfigurationRecorder", "iam:PassRole config.amazonaws.com"],
  baselines: ["configRecorder"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const { record, region } = finding;
    const written = fieldOf(record.requestParameters, "configurationRecorder");
    const name = textOf(fieldOf(written, "name")) ?? "default";
    const call = callsTo("configservice", region);
    const answer = await unlessGone(
      aws(call("DescribeConfigurationRecorders", { ConfigurationRecorderNames: [name] })),
      ["NoSuchConfigurationRecorderException"],
    );
    const live = fieldsOf(listOf(answer?.ConfigurationRecorders)[0]);
    if (live.name === undefined) return changedSince(`the configuration recorder ${name} is gone`);
    const baseline = await baselineFor(context, baselineKinds.configRecorder, region, name);
    const before = fieldsOf(listOf(baseline?.DescribeConfigurationRecorders?.ConfigurationRecorders)[0]);
    if (before.name === undefined)
      return needsBaseline(`no baseline shows what the configuration recorder ${name} recorded before`);
    if (sameJson(live.recordingGroup, before.recordingGroup))
      return alreadyOk(`the configuration recorder ${name} records what it recorded before`);
    const put = (recorder: unknown) =>
      call("PutConfigurationRecorder", { ConfigurationRecorder: picked(recorder, members) });
    return {
      summary: `Make the configuration recorder ${name} record what it recorded before`,
      calls: [put({ ...live, recordingGroup: before.recordingGroup })],
      rollback: [put(live)],
    };
  },
};
