import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-dynamodb";
import { type Aws, ifPresent } from "./aws";
import { jsonText } from "./property";
import { resourceType } from "./resource-type";

const putPolicy = (ResourceArn: string, policy: unknown, aws: Aws) =>
  aws.dynamodb.send(new PutResourcePolicyCommand({ ResourceArn, Policy: jsonText(policy) }));

/** https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/resourcepolicy/ */
export const tableResourcePolicy = resourceType({
  type: "aws:dynamodb/resourcePolicy:ResourcePolicy",
  properties: {
    resourceArn: { kind: "text", required: true, replaces: true },
    policy: { kind: "json", required: true },
  },
  async create({ resourceArn, policy }, aws) {
    await putPolicy(resourceArn, policy, aws);
    return resourceArn;
  },
  async put(id, { policy }, aws, olds) {
    if (olds) await putPolicy(id, policy, aws);
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.dynamodb.send(new GetResourcePolicyCommand({ ResourceArn: id })));
    return live && { resourceArn: id, policy: live.Policy, revisionId: live.RevisionId };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.dynamodb.send(new DeleteResourcePolicyCommand({ ResourceArn: id })));
  },
});
