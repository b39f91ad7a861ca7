import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { type Aws, ifPresent, tagChanges } from "./aws";
import { type InputsOf, jsonText } from "./property";
import { resourceType } from "./resource-type";

const properties = {
  name: { kind: "text", named: true, replaces: true },
  messageRetentionSeconds: { kind: "number", default: 345_600 },
  visibilityTimeoutSeconds: { kind: "number", default: 30 },
  sqsManagedSseEnabled: { kind: "flag", default: true },
  tags: { kind: "map" },
} as const;

function attributes(inputs: InputsOf<typeof properties>): Record<string, string> {
  return {
    MessageRetentionPeriod: String(inputs.messageRetentionSeconds ?? 345_600),
    VisibilityTimeout: String(inputs.visibilityTimeoutSeconds ?? 30),
    SqsManagedSseEnabled: String(inputs.sqsManagedSseEnabled ?? true),
  };
}

const attributesOf = async (QueueUrl: string, aws: Aws) => {
  const answer = await ifPresent(
    aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })),
  );
  return answer?.Attributes as Record<string, string> | undefined;
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/sqs/queue/ */
export const queue = resourceType({
  type: "aws:sqs/queue:Queue",
  properties,
  async create(inputs, aws) {
    const { QueueUrl } = await aws.sqs.send(
      new CreateQueueCommand({ QueueName: inputs.name, Attributes: attributes(inputs) }),
    );
    if (!QueueUrl) throw new Error(`CreateQueue of ${inputs.name} answered without QueueUrl`);
    return QueueUrl;
  },
  async put(id, inputs, aws, olds) {
    if (olds)
      await aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl: id, Attributes: attributes(inputs) }));
    const tags = tagChanges(olds?.tags, inputs.tags);
    if (tags.removed.length)
      await aws.sqs.send(new UntagQueueCommand({ QueueUrl: id, TagKeys: tags.removed }));
    if (Object.keys(tags.set).length)
      await aws.sqs.send(new TagQueueCommand({ QueueUrl: id, Tags: tags.set }));
  },
  async read(id, _state, aws) {
    const its = await attributesOf(id, aws);
    if (!its) return undefined;
    const { Tags = {} } = await aws.sqs.send(new ListQueueTagsCommand({ QueueUrl: id }));
    return {
      name: its.QueueArn?.split(":").at(-1),
      messageRetentionSeconds: Number(its.MessageRetentionPeriod),
      visibilityTimeoutSeconds: Number(its.VisibilityTimeout),
      sqsManagedSseEnabled: its.SqsManagedSseEnabled !== "false",
      tags: Tags,
      tagsAll: Tags,
      arn: its.QueueArn,
      url: id,
    };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.sqs.send(new DeleteQueueCommand({ QueueUrl: id })));
  },
});

const setPolicy = (QueueUrl: string, Policy: string, aws: Aws) =>
  aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));

/** https://www.pulumi.com/registry/packages/aws/api-docs/sqs/queuepolicy/ */
export const queuePolicy = resourceType({
  type: "aws:sqs/queuePolicy:QueuePolicy",
  properties: {
    queueUrl: { kind: "text", required: true, replaces: true },
    policy: { kind: "json", required: true },
  },
  async create({ queueUrl, policy }, aws) {
    await setPolicy(queueUrl, jsonText(policy), aws);
    return queueUrl;
  },
  async put(id, { policy }, aws, olds) {
    if (olds) await setPolicy(id, jsonText(policy), aws);
  },
  async read(id, _state, aws) {
    const its = await attributesOf(id, aws);
    return its?.Policy ? { queueUrl: id, policy: its.Policy } : undefined;
  },
  async delete(id, _state, aws) {
    await ifPresent(setPolicy(id, "", aws));
  },
});
