import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { type Aws, ifPresent, tagChanges } from "./aws";
import { jsonText } from "./property";
import { resourceType } from "./resource-type";

/** Tags in the form of Step Functions, whose members are lower-case. */
const tagList = (tags: Record<string, string> = {}) =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

const arnOf = (name: string, { partition, region, account }: Aws) =>
  `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;

/** https://www.pulumi.com/registry/packages/aws/api-docs/sfn/statemachine/ */
export const stateMachine = resourceType({
  type: "aws:sfn/stateMachine:StateMachine",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    roleArn: { kind: "text", required: true },
    definition: { kind: "json", required: true },
    type: { kind: "text", default: "STANDARD", replaces: true },
    tags: { kind: "map" },
  },
  async create({ name, roleArn, definition, type }, aws) {
    const { stateMachineArn } = await aws.states.send(
      new CreateStateMachineCommand({
        name,
        roleArn,
        definition: jsonText(definition),
        type: type === "EXPRESS" ? "EXPRESS" : "STANDARD",
      }),
    );
    return stateMachineArn ?? arnOf(name, aws);
  },
  async put(id, { roleArn, definition, tags }, aws, olds) {
    if (olds)
      await aws.states.send(
        new UpdateStateMachineCommand({ stateMachineArn: id, roleArn, definition: jsonText(definition) }),
      );
    const { set, removed } = tagChanges(olds?.tags, tags);
    if (removed.length)
      await aws.states.send(new UntagResourceCommand({ resourceArn: id, tagKeys: removed }));
    if (Object.keys(set).length)
      await aws.states.send(new TagResourceCommand({ resourceArn: id, tags: tagList(set) }));
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.states.send(new DescribeStateMachineCommand({ stateMachineArn: id })));
    if (!live) return undefined;
    const { tags: list = [] } = await aws.states.send(new ListTagsForResourceCommand({ resourceArn: id }));
    const tags = Object.fromEntries(list.map(({ key = "", value = "" }) => [key, value]));
    return {
      name: live.name,
      roleArn: live.roleArn,
      definition: live.definition,
      type: live.type,
      status: live.status,
      tags,
      tagsAll: tags,
      arn: live.stateMachineArn,
    };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.states.send(new DeleteStateMachineCommand({ stateMachineArn: id })));
  },
});
