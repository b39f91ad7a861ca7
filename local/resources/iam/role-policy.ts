import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { type Aws, ifPresent } from "../aws";
import { type InputsOf, jsonText } from "../property";
import { resourceType } from "../resource-type";

const properties = {
  name: { kind: "text", named: true, replaces: true },
  role: { kind: "text", required: true, replaces: true },
  policy: { kind: "json", required: true },
} as const;

const putPolicy = ({ name, role, policy }: InputsOf<typeof properties>, aws: Aws) =>
  aws.iam.send(
    new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: jsonText(policy) }),
  );

/** `role:policy`, as in Pulumi's provider. */
function parts(id: string) {
  const [RoleName, PolicyName] = id.split(":");
  return { RoleName, PolicyName };
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicy/ */
export const rolePolicy = resourceType({
  type: "aws:iam/rolePolicy:RolePolicy",
  properties,
  async create(inputs, aws) {
    await putPolicy(inputs, aws);
    return `${inputs.role}:${inputs.name}`;
  },
  async put(_id, inputs, aws, olds) {
    if (olds) await putPolicy(inputs, aws);
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.iam.send(new GetRolePolicyCommand(parts(id))));
    return (
      live && {
        name: live.PolicyName,
        role: live.RoleName,
        policy: decodeURIComponent(live.PolicyDocument ?? ""),
      }
    );
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.iam.send(new DeleteRolePolicyCommand(parts(id))));
  },
});
