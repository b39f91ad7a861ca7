import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetTopicAttributesCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { ifPresent, tagChanges, tagList, tagMap } from "../aws";
import { resourceType } from "../resource-type";

/** https://www.pulumi.com/registry/packages/aws/api-docs/sns/topic/ */
export const topic = resourceType({
  type: "aws:sns/topic:Topic",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    displayName: { kind: "text" },
    kmsMasterKeyId: { kind: "text" },
    signatureVersion: { kind: "number" },
    tags: { kind: "map" },
  },
  async create({ name }, aws) {
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: name }));
    if (!TopicArn) throw new Error(`CreateTopic of ${name} answered without TopicArn`);
    return TopicArn;
  },
  async put(id, inputs, aws, olds) {
    const set = (AttributeName: string, AttributeValue: string) =>
      aws.sns.send(new SetTopicAttributesCommand({ TopicArn: id, AttributeName, AttributeValue }));
    if (inputs.displayName || olds?.displayName) await set("DisplayName", inputs.displayName ?? "");
    if (inputs.kmsMasterKeyId || olds?.kmsMasterKeyId)
      await set("KmsMasterKeyId", inputs.kmsMasterKeyId ?? "");
    if (inputs.signatureVersion || olds?.signatureVersion)
      await set("SignatureVersion", String(inputs.signatureVersion ?? 1));
    const tags = tagChanges(olds?.tags, inputs.tags);
    if (tags.removed.length) {
      await aws.sns.send(new UntagResourceCommand({ ResourceArn: id, TagKeys: tags.removed }));
    }
    await aws.sns.send(new TagResourceCommand({ ResourceArn: id, Tags: tagList(tags.set) }));
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.sns.send(new GetTopicAttributesCommand({ TopicArn: id })));
    if (!live) return undefined;
    const { Tags } = await aws.sns.send(new ListTagsForResourceCommand({ ResourceArn: id }));
    const tags = tagMap(Tags);
    return {
      name: id.split(":").at(-1),
      displayName: live.Attributes?.DisplayName,
      kmsMasterKeyId: live.Attributes?.KmsMasterKeyId,
      ...(live.Attributes?.SignatureVersion === undefined
        ? {}
        : { signatureVersion: Number(live.Attributes.SignatureVersion) }),
      tags,
      tagsAll: tags,
      arn: id,
      owner: aws.account,
    };
  },
  async delete(id, _state, aws) {
    await aws.sns.send(new DeleteTopicCommand({ TopicArn: id }));
  },
});
