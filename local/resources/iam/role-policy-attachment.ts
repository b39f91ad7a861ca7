import {
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { ifPresent } from "../aws";
import { resourceType } from "../resource-type";

/** `role/arn`; a role's name contains no slash. */
function parts(id: string) {
  const slash = id.indexOf("/");
  return { RoleName: id.slice(0, slash), PolicyArn: id.slice(slash + 1) };
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicyattachment/ */
export const rolePolicyAttachment = resourceType({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  properties: {
    role: { kind: "text", required: true, replaces: true },
    policyArn: { kind: "text", required: true, replaces: true },
  },
  async create({ role, policyArn }, aws) {
    await aws.iam.send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: policyArn }));
    return `${role}/${policyArn}`;
  },
  async read(id, _state, aws) {
    const { RoleName, PolicyArn } = parts(id);
    const live = await ifPresent(
      aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName, MaxItems: 1000 })),
    );
    const isThere = live?.AttachedPolicies?.some((attached) => attached.PolicyArn === PolicyArn);
    return isThere ? { role: RoleName, policyArn: PolicyArn } : undefined;
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.iam.send(new DetachRolePolicyCommand(parts(id))));
  },
});
