import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  CreatePolicyCommand,
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  DeletePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { type Aws, ifPresent } from "./aws";
import { type InputsOf, jsonText } from "./property";
import { resourceType } from "./resource-type";
import type { Values } from "./property";

/** Templates of stack sets on this machine, which has no CloudFormation StackSets: its stacks are made here. */
const templates = new Map<string, Template>();

/** A template, as far as this project's use CloudFormation. */
export interface Template {
  Resources: Record<string, { Type: string; Properties: Values }>;
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudformation/stackset/ */
export const stackSet = resourceType({
  type: "aws:cloudformation/stackSet:StackSet",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    description: { kind: "text" },
    permissionModel: { kind: "text" },
    callAs: { kind: "text" },
    autoDeployment: { kind: "object" },
    capabilities: { kind: "texts" },
    templateBody: { kind: "json", required: true },
  },
  async create({ name, templateBody }) {
    templates.set(name, JSON.parse(jsonText(templateBody)) as Template);
    return name;
  },
  async put(id, { templateBody }) {
    templates.set(id, JSON.parse(jsonText(templateBody)) as Template);
  },
  async read(id) {
    return templates.has(id) ? { name: id, arn: `arn:aws:cloudformation:::stackset/${id}` } : undefined;
  },
  async delete(id) {
    templates.delete(id);
  },
});

const instanceProperties = {
  stackSetName: { kind: "text", required: true, replaces: true },
  callAs: { kind: "text", replaces: true },
  deploymentTargets: {
    kind: "object",
    required: true,
    of: {
      organizationalUnitIds: { kind: "texts" },
      accountFilterType: { kind: "text" },
      accounts: { kind: "texts" },
    },
  },
} as const;

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudformation/stacksetinstance/ */
export const stackSetInstance = resourceType({
  type: "aws:cloudformation/stackSetInstance:StackSetInstance",
  properties: instanceProperties,
  async create({ stackSetName, deploymentTargets }, aws) {
    const template = templates.get(stackSetName);
    if (template === undefined) throw new Error(`expected a stack set ${stackSetName}, found none`);
    for (const account of accountsOf(deploymentTargets)) await createStack(template, account, aws);
    return `${stackSetName},${accountsOf(deploymentTargets).join("/")}`;
  },
  async read(id, state) {
    return id === "" ? undefined : { stackSetName: state.stackSetName };
  },
  async delete(id, _state, aws) {
    const [name = "", accounts = ""] = id.split(",");
    for (const account of accounts.split("/").filter(Boolean)) await deleteStack(name, account, aws);
  },
});

/** Accounts of units are known to AWS Organizations alone. */
function accountsOf(targets: InputsOf<typeof instanceProperties>["deploymentTargets"]): string[] {
  if (targets.accountFilterType === "INTERSECTION") return targets.accounts ?? [];
  throw new Error(
    "expected organization.accounts along with units: this machine has no AWS Organizations, which knows the accounts of a unit",
  );
}

/** MiniStack takes an account's ID as the key of its root user. */
function iamOf(account: string, { endpoint, credentials }: Aws): IAMClient {
  return new IAMClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: account, secretAccessKey: credentials.secretAccessKey },
  });
}

/** Resolves what templates of this project use: `Fn::Sub` with pseudo parameters. */
function resolved(value: unknown, account: string): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, account));
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  const text = fields["Fn::Sub"];
  if (typeof text === "string")
    return text.replaceAll("${AWS::AccountId}", account).replaceAll("${AWS::Partition}", "aws");
  return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, resolved(inner, account)]));
}

/** Makes a template's stack in an account. */
export async function createStack(template: Template, account: string, aws: Aws): Promise<void> {
  const iam = iamOf(account, aws);
  const all = Object.values(template.Resources).map(({ Type, Properties }) => ({
    Type,
    Properties: resolved(Properties, account) as Values,
  }));
  const role = all.find(({ Type }) => Type === "AWS::IAM::Role")?.Properties ?? {};
  const RoleName = String(role.RoleName);
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify(role.AssumeRolePolicyDocument),
    }),
  );
  for (const { PolicyName, PolicyDocument } of role.Policies as {
    PolicyName: string;
    PolicyDocument: object;
  }[])
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) }),
    );
  for (const { Type, Properties } of all) {
    if (Type !== "AWS::IAM::ManagedPolicy") continue;
    const PolicyName = String(Properties.ManagedPolicyName);
    const PolicyDocument = JSON.stringify(Properties.PolicyDocument);
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
  }
  iam.destroy();
}

/** The template may have been put in by another process. */
async function deleteStack(RoleName: string, account: string, aws: Aws): Promise<void> {
  const iam = iamOf(account, aws);
  const listed = await ifPresent(iam.send(new ListAttachedRolePoliciesCommand({ RoleName })));
  for (const { PolicyArn } of listed?.AttachedPolicies ?? []) {
    await ifPresent(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
    await ifPresent(iam.send(new DeletePolicyCommand({ PolicyArn })));
  }
  await ifPresent(iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "remediations" })));
  await ifPresent(iam.send(new DeleteRoleCommand({ RoleName })));
  iam.destroy();
}
