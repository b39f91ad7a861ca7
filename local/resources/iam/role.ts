import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  ListRoleTagsCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { ifPresent, tagChanges, tagList, tagMap } from "../aws";
import { jsonText } from "../property";
import { resourceType } from "../resource-type";

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/ */
export const role = resourceType({
  type: "aws:iam/role:Role",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    assumeRolePolicy: { kind: "json", required: true },
    description: { kind: "text" },
    maxSessionDuration: { kind: "number", default: 3600 },
    tags: { kind: "map" },
  },
  async create(inputs, aws) {
    await aws.iam.send(
      new CreateRoleCommand({
        RoleName: inputs.name,
        AssumeRolePolicyDocument: jsonText(inputs.assumeRolePolicy),
        Description: inputs.description,
        MaxSessionDuration: inputs.maxSessionDuration,
        Tags: tagList(inputs.tags),
      }),
    );
    return inputs.name;
  },
  async put(id, inputs, aws, olds) {
    if (!olds) return;
    const { description = "", maxSessionDuration = 3600 } = inputs;
    await aws.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument: jsonText(inputs.assumeRolePolicy) }),
    );
    await aws.iam.send(
      new UpdateRoleCommand({
        RoleName: id,
        Description: description,
        MaxSessionDuration: maxSessionDuration,
      }),
    );
    const tags = tagChanges(olds.tags, inputs.tags);
    if (tags.removed.length)
      await aws.iam.send(new UntagRoleCommand({ RoleName: id, TagKeys: tags.removed }));
    await aws.iam.send(new TagRoleCommand({ RoleName: id, Tags: tagList(tags.set) }));
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.iam.send(new GetRoleCommand({ RoleName: id })));
    if (!live?.Role) return undefined;
    const { Role } = live;
    const { Tags } = await aws.iam.send(new ListRoleTagsCommand({ RoleName: id }));
    const tags = tagMap(Tags);
    return {
      name: Role.RoleName,
      assumeRolePolicy: decodeURIComponent(Role.AssumeRolePolicyDocument ?? ""),
      description: Role.Description,
      maxSessionDuration: Role.MaxSessionDuration,
      tags,
      tagsAll: tags,
      arn: Role.Arn,
      uniqueId: Role.RoleId,
      createDate: Role.CreateDate?.toISOString(),
    };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.iam.send(new DeleteRoleCommand({ RoleName: id })));
  },
});
