import { type Call, type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, picked, sameJson, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { type Baseline, baselineFor, type BaselineKind, readingCall } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused } from "../support/outcomes";

type CallTo = ReturnType<typeof callsTo>;

/** What one of the calls deletes, and how to recreate it. */
interface Deletable {
  /** The request parameter that names it. */
  parameter: string;
  what: string;
  kind: BaselineKind;
  /** The list in the answer of the kind's first call that holds it. */
  list: string;
  /** AWS's error codes for "there is none". */
  gone: string[];
  /** The calls that recreate it from what that list contained. */
  calls(
    call: CallTo,
    before: Record<string, unknown>,
    baseline: Baseline,
    aws: CallAws,
  ): Promise<Call[]> | Call[];
  rollback(call: CallTo, before: Record<string, unknown>): Call[];
}

const deletables: Record<string, Deletable> = {
  DeleteConfigurationRecorder: {
    parameter: "configurationRecorderName",
    what: "the configuration recorder",
    kind: baselineKinds.configRecorder,
    list: "ConfigurationRecorders",
    gone: ["NoSuchConfigurationRecorderException"],
    async calls(call, before, baseline, aws) {
      const put = call("PutConfigurationRecorder", {
        ConfigurationRecorder: picked(before, ["name", "roleARN", "recordingGroup", "recordingMode"]),
      });
      const recording = listOf(baseline.DescribeConfigurationRecorderStatus?.ConfigurationRecordersStatus)
        .map(fieldsOf)
        .some((status) => status.recording === true);
      if (!recording) return [put];
      // Without a delivery channel it cannot be started.
      const channels = await aws(call("DescribeDeliveryChannels", {}));
      if (listOf(channels.DeliveryChannels).length === 0) return [put];
      return [put, call("StartConfigurationRecorder", { ConfigurationRecorderName: before.name })];
    },
    rollback: (call, { name }) => [
      { ...call("DeleteConfigurationRecorder", { ConfigurationRecorderName: name }), reverts: [0] },
    ],
  },
  DeleteDeliveryChannel: {
    parameter: "deliveryChannelName",
    what: "the delivery channel",
    kind: baselineKinds.configChannel,
    list: "DeliveryChannels",
    gone: ["NoSuchDeliveryChannelException"],
    calls: (call, before) => [call("PutDeliveryChannel", { DeliveryChannel: before })],
    rollback: (call, { name }) => [call("DeleteDeliveryChannel", { DeliveryChannelName: name })],
  },
  DeleteConfigRule: {
    parameter: "configRuleName",
    what: "the Config rule",
    kind: baselineKinds.configRule,
    list: "ConfigRules",
    gone: ["NoSuchConfigRuleException"],
    calls: (call, before) => [
      call("PutConfigRule", {
        // AWS assigns ARN and ID.
        ConfigRule: picked(before, [
          "ConfigRuleName",
          "Description",
          "Scope",
          "Source",
          "InputParameters",
          "MaximumExecutionFrequency",
          "EvaluationModes",
        ]),
      }),
    ],
    rollback: (call, { ConfigRuleName }) => [call("DeleteConfigRule", { ConfigRuleName })],
  },
  DeleteRemediationConfiguration: {
    parameter: "configRuleName",
    what: "the remediation of the Config rule",
    kind: baselineKinds.configRemediation,
    list: "RemediationConfigurations",
    gone: ["NoSuchRemediationConfigurationException", "NoSuchConfigRuleException"],
    calls: (call, before) => [
      call(
        "PutRemediationConfigurations",
        {
          RemediationConfigurations: [
            picked(before, [
              "ConfigRuleName",
              "TargetType",
              "TargetId",
              "TargetVersion",
              "Parameters",
              "ResourceType",
              "Automatic",
              "ExecutionControls",
              "MaximumAutomaticAttempts",
              "RetryAttemptSeconds",
            ]),
          ],
        },
        { failuresIn: "FailedBatches" },
      ),
    ],
    rollback: (call, before) => [
      call("DeleteRemediationConfiguration", picked(before, ["ConfigRuleName", "ResourceType"])),
    ],
  },
  DeleteRetentionConfiguration: {
    parameter: "retentionConfigurationName",
    what: "the retention configuration",
    kind: baselineKinds.configRetention,
    list: "RetentionConfigurations",
    gone: ["NoSuchRetentionConfigurationException"],
    calls: (call, before) => [call("PutRetentionConfiguration", picked(before, ["RetentionPeriodInDays"]))],
    rollback: (call, { Name }) => [
      call("DeleteRetentionConfiguration", { RetentionConfigurationName: Name }),
    ],
  },
};

/** What AWS assigns anew to what is recreated. */
const givenAnew = ["Arn", "arn", "ConfigRuleArn", "ConfigRuleId", "ConfigRuleState"];

function withoutWhatIsNew(made: unknown): unknown {
  return Object.fromEntries(Object.entries(fieldsOf(made)).filter(([name]) => !givenAnew.includes(name)));
}

/**
 * Recreates what was deleted, under its name, from the baseline. A recorder is started if it was recording and has a delivery
 * channel. Evaluations by a rule are not restored.
 *
 * Source: https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
 */
export const fixConfigRecorderOrChannelDeleted: Remediation = {
  id: "config-recorder-or-channel-deleted",
  reads: [
    "config:DescribeConfigurationRecorders",
    "config:DescribeDeliveryChannels",
    "config:DescribeConfigRules",
    "config:DescribeRemediationConfigurations",
    "config:DescribeRetentionConfigurations",
  ],
  writes: [
    "config:PutConfigurationRecorder",
    "config:StartConfigurationRecorder",
    "config:PutDeliveryChannel",
    "config:PutConfigRule",
    "config:PutRemediationConfigurations",
    "config:PutRetentionConfiguration",
    // For the recorder's role, and that of a remediation's automation.
    "iam:PassRole config.amazonaws.com",
    "iam:PassRole ssm.amazonaws.com",
  ],
  baselines: ["configRecorder", "configChannel", "configRule", "configRemediation", "configRetention"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const name = nameOf(finding.record);
    const deletable = Object.hasOwn(deletables, name) ? deletables[name] : undefined;
    if (deletable === undefined) return refused(`${name} deletes nothing in AWS Config`);
    const { parameter, kind, list, gone } = deletable;
    const id = textOf(fieldsOf(finding.record.requestParameters)[parameter]);
    if (id === undefined) return refused(`the record does not contain requestParameters.${parameter}`);
    const what = `${deletable.what} ${id}`;
    const describe = readingCall(kind, finding.region, id);
    const live = await unlessGone(aws(describe), gone);
    const baseline = await baselineFor(context, kind, finding.region, id);
    const before = fieldsOf(listOf(baseline?.[describe.operation]?.[list])[0]);
    const [again] = listOf(live?.[list]);
    if (again !== undefined)
      return Object.keys(before).length === 0 || sameJson(withoutWhatIsNew(again), withoutWhatIsNew(before))
        ? alreadyOk(`${what} exists`)
        : changedSince(`${what} was recreated, and is not as before`);
    if (baseline === undefined || Object.keys(before).length === 0)
      return needsBaseline(`no baseline shows what ${what} was`);
    const call = callsTo("configservice", finding.region);
    return {
      summary: `Recreate ${what}`,
      calls: await deletable.calls(call, before, baseline, aws),
      rollback: deletable.rollback(call, before),
    };
  },
};
