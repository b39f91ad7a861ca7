import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eventbridge";
import { type Aws, ifPresent, tagChanges, tagList, tagMap } from "./aws";
import type { InputsOf, Values } from "./property";
import { resourceType } from "./resource-type";

const ruleProperties = {
  name: { kind: "text", named: true, replaces: true },
  description: { kind: "text" },
  eventPattern: { kind: "json" },
  scheduleExpression: { kind: "text" },
  state: { kind: "text", default: "ENABLED" },
  tags: { kind: "map" },
} as const;

async function putRule(inputs: InputsOf<typeof ruleProperties>, aws: Aws): Promise<void> {
  const { eventPattern } = inputs;
  await aws.events.send(
    new PutRuleCommand({
      Name: inputs.name,
      Description: inputs.description,
      EventPattern:
        typeof eventPattern === "object" ? JSON.stringify(eventPattern) : (eventPattern as string),
      ScheduleExpression: inputs.scheduleExpression,
      State: inputs.state === "DISABLED" ? "DISABLED" : "ENABLED",
    }),
  );
}

const ruleArn = (name: string, { partition, region, account }: Aws) =>
  `arn:${partition}:events:${region}:${account}:rule/${name}`;

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/eventrule/ */
export const eventRule = resourceType({
  type: "aws:cloudwatch/eventRule:EventRule",
  properties: ruleProperties,
  async create(inputs, aws) {
    await putRule(inputs, aws);
    return inputs.name;
  },
  async put(id, inputs, aws, olds) {
    if (olds) await putRule(inputs, aws);
    const tags = tagChanges(olds?.tags, inputs.tags);
    const ResourceARN = ruleArn(id, aws);
    if (tags.removed.length)
      await aws.events.send(new UntagResourceCommand({ ResourceARN, TagKeys: tags.removed }));
    if (Object.keys(tags.set).length)
      await aws.events.send(new TagResourceCommand({ ResourceARN, Tags: tagList(tags.set) }));
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.events.send(new DescribeRuleCommand({ Name: id })));
    if (!live) return undefined;
    const { Tags } = await aws.events.send(new ListTagsForResourceCommand({ ResourceARN: ruleArn(id, aws) }));
    const tags = tagMap(Tags as { Key?: string; Value?: string }[] | undefined);
    return {
      name: live.Name,
      description: live.Description,
      eventPattern: live.EventPattern,
      scheduleExpression: live.ScheduleExpression,
      state: live.State,
      tags,
      tagsAll: tags,
      arn: live.Arn,
    };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.events.send(new DeleteRuleCommand({ Name: id })));
  },
});

const targetProperties = {
  rule: { kind: "text", required: true, replaces: true },
  targetId: { kind: "text", named: true, replaces: true },
  arn: { kind: "text", required: true },
  input: { kind: "json" },
} as const;

async function putTarget(inputs: InputsOf<typeof targetProperties>, aws: Aws): Promise<void> {
  const { input } = inputs;
  const Input = typeof input === "object" ? JSON.stringify(input) : (input as string | undefined);
  const target = { Id: inputs.targetId, Arn: inputs.arn, Input };
  const { FailedEntries = [] } = await aws.events.send(
    new PutTargetsCommand({ Rule: inputs.rule, Targets: [target] }),
  );
  if (FailedEntries.length > 0)
    throw new Error(`PutTargets of ${inputs.rule} refused: ${JSON.stringify(FailedEntries)}`);
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/eventtarget/ */
export const eventTarget = resourceType({
  type: "aws:cloudwatch/eventTarget:EventTarget",
  properties: targetProperties,
  async create(inputs, aws) {
    await putTarget(inputs, aws);
    return `${inputs.rule}-${inputs.targetId}`;
  },
  async put(_id, inputs, aws, olds) {
    if (olds) await putTarget(inputs, aws);
  },
  async read(_id, state: Values, aws) {
    const Rule = state.rule as string;
    const answer = await ifPresent(aws.events.send(new ListTargetsByRuleCommand({ Rule })));
    const live = answer?.Targets?.find(({ Id }) => Id === state.targetId);
    return live && { rule: Rule, targetId: live.Id, arn: live.Arn, input: live.Input };
  },
  async delete(_id, state: Values, aws) {
    const ids = { Rule: state.rule as string, Ids: [state.targetId as string] };
    await ifPresent(aws.events.send(new RemoveTargetsCommand(ids)));
  },
});
