import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListPolicyVersionsCommand,
} from "@aws-sdk/client-iam";
import { type Aws, ifPresent } from "../aws";
import { jsonText } from "../property";
import { resourceType } from "../resource-type";

/** Versions that are not the default: a policy can have five, and they must be deleted before the policy. */
async function deleteOldVersions(PolicyArn: string, aws: Aws): Promise<void> {
  const { Versions = [] } = await aws.iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  for (const { VersionId, IsDefaultVersion } of Versions)
    if (!IsDefaultVersion) await aws.iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/policy/ */
export const policy = resourceType({
  type: "aws:iam/policy:Policy",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    policy: { kind: "json", required: true },
  },
  async create(inputs, aws) {
    const { Policy } = await aws.iam.send(
      new CreatePolicyCommand({ PolicyName: inputs.name, PolicyDocument: jsonText(inputs.policy) }),
    );
    return String(Policy?.Arn);
  },
  async put(id, inputs, aws, olds) {
    if (!olds) return;
    await deleteOldVersions(id, aws);
    await aws.iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: id,
        PolicyDocument: jsonText(inputs.policy),
        SetAsDefault: true,
      }),
    );
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.iam.send(new GetPolicyCommand({ PolicyArn: id })));
    if (!live?.Policy) return undefined;
    const { PolicyName, Arn, PolicyId, DefaultVersionId } = live.Policy;
    const { PolicyVersion } = await aws.iam.send(
      new GetPolicyVersionCommand({ PolicyArn: id, VersionId: DefaultVersionId }),
    );
    return {
      name: PolicyName,
      policy: decodeURIComponent(PolicyVersion?.Document ?? ""),
      arn: Arn,
      policyId: PolicyId,
    };
  },
  async delete(id, _state, aws) {
    if (!(await ifPresent(aws.iam.send(new GetPolicyCommand({ PolicyArn: id }))))) return;
    await deleteOldVersions(id, aws);
    await ifPresent(aws.iam.send(new DeletePolicyCommand({ PolicyArn: id })));
  },
});
