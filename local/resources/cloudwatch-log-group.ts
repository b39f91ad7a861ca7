import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { type Aws, ifPresent, tagChanges } from "./aws";
import { resourceType } from "./resource-type";

const arnOf = (name: string, { partition, region, account }: Aws) =>
  `arn:${partition}:logs:${region}:${account}:log-group:${name}`;

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/loggroup/ */
export const logGroup = resourceType({
  type: "aws:cloudwatch/logGroup:LogGroup",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    retentionInDays: { kind: "number", default: 0 },
    tags: { kind: "map" },
  },
  async create({ name }, aws) {
    await aws.logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    return name;
  },
  async put(id, inputs, aws, olds) {
    const { retentionInDays } = inputs;
    if (retentionInDays) {
      await aws.logs.send(new PutRetentionPolicyCommand({ logGroupName: id, retentionInDays }));
    } else if (olds?.retentionInDays) {
      await aws.logs.send(new DeleteRetentionPolicyCommand({ logGroupName: id }));
    }
    const tags = tagChanges(olds?.tags, inputs.tags);
    const resourceArn = arnOf(id, aws);
    if (tags.removed.length)
      await aws.logs.send(new UntagResourceCommand({ resourceArn, tagKeys: tags.removed }));
    if (Object.keys(tags.set).length)
      await aws.logs.send(new TagResourceCommand({ resourceArn, tags: tags.set }));
  },
  async read(id, _state, aws) {
    const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: id }));
    const live = logGroups.find(({ logGroupName }) => logGroupName === id);
    if (!live) return undefined;
    const arn = arnOf(id, aws);
    const { tags = {} } = await aws.logs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    return { name: id, retentionInDays: live.retentionInDays ?? 0, tags, tagsAll: tags, arn };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.logs.send(new DeleteLogGroupCommand({ logGroupName: id })));
  },
});
