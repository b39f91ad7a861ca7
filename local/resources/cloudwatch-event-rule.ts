import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type RuleState,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import { type Aws, ifPresent, tagChanges, tagList, tagMap } from "./aws";
import type { InputsOf, Values } from "./property";
import { resourceType } from "./resource-type";

async function putTags(
  ResourceARN: string,
  region: string | undefined,
  olds: unknown,
  news: Record<string, string> | undefined,
  aws: Aws,
): Promise<void> {
  const events = aws.eventsIn(region);
  const tags = tagChanges(olds, news);
  if (tags.removed.length)
    await events.send(new UntagResourceCommand({ ResourceARN, TagKeys: tags.removed }));
  if (Object.keys(tags.set).length)
    await events.send(new TagResourceCommand({ ResourceARN, Tags: tagList(tags.set) }));
}

async function tagsOf(
  ResourceARN: string,
  region: string | undefined,
  aws: Aws,
): Promise<Record<string, string>> {
  const { Tags } = await aws.eventsIn(region).send(new ListTagsForResourceCommand({ ResourceARN }));
  return tagMap(Tags as { Key?: string; Value?: string }[] | undefined);
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/eventbus/ */
export const eventBus = resourceType({
  type: "aws:cloudwatch/eventBus:EventBus",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    description: { kind: "text" },
    tags: { kind: "map" },
  },
  async create({ name, description }, aws) {
    await aws.events.send(new CreateEventBusCommand({ Name: name, Description: description }));
    return name;
  },
  async put(id, inputs, aws, olds) {
    if (olds)
      await aws.events.send(new UpdateEventBusCommand({ Name: id, Description: inputs.description ?? "" }));
    const arn = `arn:${aws.partition}:events:${aws.region}:${aws.account}:event-bus/${id}`;
    await putTags(arn, undefined, olds?.tags, inputs.tags, aws);
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.events.send(new DescribeEventBusCommand({ Name: id })));
    if (!live) return undefined;
    const tags = await tagsOf(String(live.Arn), undefined, aws);
    return { name: live.Name, description: live.Description, tags, tagsAll: tags, arn: live.Arn };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.events.send(new DeleteEventBusCommand({ Name: id })));
  },
});

const ruleProperties = {
  name: { kind: "text", named: true, replaces: true },
  region: { kind: "text", replaces: true },
  eventBusName: { kind: "text", replaces: true },
  description: { kind: "text" },
  eventPattern: { kind: "json" },
  scheduleExpression: { kind: "text" },
  state: { kind: "text", default: "ENABLED" },
  tags: { kind: "map" },
} as const;

async function putRule(inputs: InputsOf<typeof ruleProperties>, aws: Aws): Promise<void> {
  const { eventPattern } = inputs;
  await aws.eventsIn(inputs.region).send(
    new PutRuleCommand({
      Name: inputs.name,
      EventBusName: inputs.eventBusName,
      Description: inputs.description,
      EventPattern:
        typeof eventPattern === "object" ? JSON.stringify(eventPattern) : (eventPattern as string),
      ScheduleExpression: inputs.scheduleExpression,
      State: inputs.state as RuleState,
    }),
  );
}

/** The id of a rule on a custom bus is `<bus>/<name>`. */
function ruleOf(id: string, { region }: Values): { Name: string; EventBusName?: string; region?: string } {
  const [name = "", bus] = id.split("/").reverse();
  return {
    Name: name,
    ...(bus === undefined ? {} : { EventBusName: bus }),
    ...(typeof region === "string" ? { region } : {}),
  };
}

const ruleArn = (id: string, region: string | undefined, { partition, region: home, account }: Aws) =>
  `arn:${partition}:events:${region ?? home}:${account}:rule/${id}`;

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/eventrule/ */
export const eventRule = resourceType({
  type: "aws:cloudwatch/eventRule:EventRule",
  properties: ruleProperties,
  async create(inputs, aws) {
    await putRule(inputs, aws);
    return inputs.eventBusName === undefined ? inputs.name : `${inputs.eventBusName}/${inputs.name}`;
  },
  async put(id, inputs, aws, olds) {
    if (olds) await putRule(inputs, aws);
    await putTags(ruleArn(id, inputs.region, aws), inputs.region, olds?.tags, inputs.tags, aws);
  },
  async read(id, state, aws) {
    const { region, ...rule } = ruleOf(id, state);
    const live = await ifPresent(aws.eventsIn(region).send(new DescribeRuleCommand(rule)));
    if (!live) return undefined;
    const tags = await tagsOf(ruleArn(id, region, aws), region, aws);
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
  async delete(id, state, aws) {
    const { region, ...rule } = ruleOf(id, state);
    await ifPresent(aws.eventsIn(region).send(new DeleteRuleCommand(rule)));
  },
});

const targetProperties = {
  rule: { kind: "text", required: true, replaces: true },
  region: { kind: "text", replaces: true },
  eventBusName: { kind: "text", replaces: true },
  targetId: { kind: "text", named: true, replaces: true },
  arn: { kind: "text", required: true },
  roleArn: { kind: "text" },
  input: { kind: "json" },
  inputPath: { kind: "text" },
  inputTransformer: {
    kind: "object",
    of: { inputPaths: { kind: "map" }, inputTemplate: { kind: "text", required: true } },
  },
  retryPolicy: {
    kind: "object",
    of: { maximumEventAgeInSeconds: { kind: "number" }, maximumRetryAttempts: { kind: "number" } },
  },
  deadLetterConfig: { kind: "object", of: { arn: { kind: "text" } } },
} as const;

async function putTarget(inputs: InputsOf<typeof targetProperties>, aws: Aws): Promise<void> {
  const { input, inputPath, inputTransformer, retryPolicy, deadLetterConfig } = inputs;
  const target = {
    Id: inputs.targetId,
    Arn: inputs.arn,
    RoleArn: inputs.roleArn,
    Input: typeof input === "object" ? JSON.stringify(input) : (input as string | undefined),
    ...(inputPath !== undefined && { InputPath: inputPath }),
    ...(inputTransformer && {
      InputTransformer: {
        InputPathsMap: inputTransformer.inputPaths,
        InputTemplate: inputTransformer.inputTemplate,
      },
    }),
    ...(retryPolicy && {
      RetryPolicy: {
        MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
        MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
      },
    }),
    ...(deadLetterConfig && { DeadLetterConfig: { Arn: deadLetterConfig.arn } }),
  };
  const { FailedEntries = [] } = await aws
    .eventsIn(inputs.region)
    .send(new PutTargetsCommand({ Rule: inputs.rule, EventBusName: inputs.eventBusName, Targets: [target] }));
  if (FailedEntries.length > 0)
    throw new Error(`PutTargets for ${inputs.rule} failed: ${JSON.stringify(FailedEntries)}`);
}

/** The location of a target, from its state. */
function placeOf({ rule, region, eventBusName }: Values) {
  return {
    Rule: rule as string,
    EventBusName: eventBusName as string | undefined,
    region: region as string | undefined,
  };
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/eventtarget/ */
export const eventTarget = resourceType({
  type: "aws:cloudwatch/eventTarget:EventTarget",
  properties: targetProperties,
  async create(inputs, aws) {
    await putTarget(inputs, aws);
    return [inputs.eventBusName, inputs.rule, inputs.targetId].filter(Boolean).join("-");
  },
  async put(_id, inputs, aws, olds) {
    if (olds) await putTarget(inputs, aws);
  },
  async read(_id, state, aws) {
    const { region, ...rule } = placeOf(state);
    const answer = await ifPresent(aws.eventsIn(region).send(new ListTargetsByRuleCommand(rule)));
    const live = answer?.Targets?.find(({ Id }) => Id === state.targetId);
    if (!live) return undefined;
    const { InputTransformer: transformer, RetryPolicy: retries, DeadLetterConfig: deadLetters } = live;
    return {
      rule: rule.Rule,
      targetId: live.Id,
      arn: live.Arn,
      roleArn: live.RoleArn,
      input: live.Input,
      inputPath: live.InputPath,
      inputTransformer: transformer && {
        inputPaths: transformer.InputPathsMap,
        inputTemplate: transformer.InputTemplate,
      },
      retryPolicy: retries && {
        maximumEventAgeInSeconds: retries.MaximumEventAgeInSeconds,
        maximumRetryAttempts: retries.MaximumRetryAttempts,
      },
      deadLetterConfig: deadLetters && { arn: deadLetters.Arn },
    };
  },
  async delete(_id, state, aws) {
    const { region, ...rule } = placeOf(state);
    const targets = { ...rule, Ids: [state.targetId as string] };
    await ifPresent(aws.eventsIn(region).send(new RemoveTargetsCommand(targets)));
  },
});
