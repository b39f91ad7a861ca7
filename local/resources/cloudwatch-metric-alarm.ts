import {
  type ComparisonOperator,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  type Statistic,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch";
import { type Aws, tagChanges, tagList, tagMap } from "./aws";
import type { InputsOf } from "./property";
import { resourceType } from "./resource-type";

const properties = {
  name: { kind: "text", named: true, replaces: true },
  alarmDescription: { kind: "text" },
  namespace: { kind: "text" },
  metricName: { kind: "text" },
  dimensions: { kind: "map" },
  statistic: { kind: "text" },
  comparisonOperator: { kind: "text", required: true },
  threshold: { kind: "number" },
  period: { kind: "number" },
  evaluationPeriods: { kind: "number", required: true },
  treatMissingData: { kind: "text", default: "missing" },
  actionsEnabled: { kind: "flag", default: true },
  alarmActions: { kind: "texts" },
  okActions: { kind: "texts" },
  tags: { kind: "map" },
} as const;

async function putAlarm(inputs: InputsOf<typeof properties>, aws: Aws): Promise<void> {
  await aws.cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: inputs.name,
      AlarmDescription: inputs.alarmDescription,
      Namespace: inputs.namespace,
      MetricName: inputs.metricName,
      Dimensions: Object.entries(inputs.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
      Statistic: inputs.statistic as Statistic | undefined,
      ComparisonOperator: inputs.comparisonOperator as ComparisonOperator,
      Threshold: inputs.threshold,
      Period: inputs.period,
      EvaluationPeriods: inputs.evaluationPeriods,
      TreatMissingData: inputs.treatMissingData,
      ActionsEnabled: inputs.actionsEnabled,
      AlarmActions: inputs.alarmActions,
      OKActions: inputs.okActions,
    }),
  );
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/metricalarm/ */
export const metricAlarm = resourceType({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  properties,
  async create(inputs, aws) {
    await putAlarm(inputs, aws);
    return inputs.name;
  },
  async put(id, inputs, aws, olds) {
    if (olds) await putAlarm(inputs, aws);
    const tags = tagChanges(olds?.tags, inputs.tags);
    const ResourceARN = `arn:${aws.partition}:cloudwatch:${aws.region}:${aws.account}:alarm:${id}`;
    if (tags.removed.length)
      await aws.cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: tags.removed }));
    if (Object.keys(tags.set).length)
      await aws.cloudwatch.send(new TagResourceCommand({ ResourceARN, Tags: tagList(tags.set) }));
  },
  async read(id, _state, aws) {
    const { MetricAlarms = [] } = await aws.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [id] }));
    const [live] = MetricAlarms;
    if (!live) return undefined;
    const { Tags } = await aws.cloudwatch.send(
      new ListTagsForResourceCommand({ ResourceARN: live.AlarmArn }),
    );
    const tags = tagMap(Tags as { Key?: string; Value?: string }[] | undefined);
    return {
      name: live.AlarmName,
      alarmDescription: live.AlarmDescription,
      namespace: live.Namespace,
      metricName: live.MetricName,
      dimensions: Object.fromEntries((live.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
      statistic: live.Statistic,
      comparisonOperator: live.ComparisonOperator,
      threshold: live.Threshold,
      period: live.Period,
      evaluationPeriods: live.EvaluationPeriods,
      treatMissingData: live.TreatMissingData ?? "missing",
      actionsEnabled: live.ActionsEnabled,
      alarmActions: live.AlarmActions,
      okActions: live.OKActions,
      tags,
      tagsAll: tags,
      arn: live.AlarmArn,
    };
  },
  async delete(id, _state, aws) {
    await aws.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [id] }));
  },
});
