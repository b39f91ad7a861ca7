import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type RuleState,
  type Target,
} from "@aws-sdk/client-eventbridge";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
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
  stackSetInstanceRegion: { kind: "text", replaces: true },
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
  async create({ stackSetName, stackSetInstanceRegion: region, deploymentTargets }, aws) {
    const template = templates.get(stackSetName);
    if (template === undefined) throw new Error(`expected a stack set ${stackSetName}, found none`);
    const accounts = accountsOf(deploymentTargets);
    for (const account of accounts) await createStack(template, account, aws, region);
    return [stackSetName, accounts.join("/"), region ?? aws.region].join(",");
  },
  async read(id, state) {
    const [stackSetName = ""] = id.split(",");
    const template = templates.get(stackSetName);
    // Kept for the process that deletes it, which may be another.
    return id === "" ? undefined : { stackSetName, madeFrom: template ?? state.madeFrom };
  },
  async delete(id, { madeFrom }, aws) {
    const [name = "", accounts = "", region = aws.region] = id.split(",");
    const template = (madeFrom as Template | undefined) ?? templates.get(name);
    if (template === undefined) throw new Error(`expected the template of ${name}, found none`);
    for (const account of accounts.split("/").filter(Boolean))
      await deleteStack({ template, account, region }, aws);
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
function rootOf(account: string, region: string, { endpoint, credentials }: Aws) {
  return {
    endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: credentials.secretAccessKey },
  };
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

interface Made {
  template: Template;
  account: string;
  region: string;
}

/** The resources of a type, with what their placeholders stand for. */
function resourcesOf({ template, account }: Pick<Made, "template" | "account">, type: string): Values[] {
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => resolved(Properties, account) as Values);
}

/** What a managed policy is attached to. */
function roleNameOf({ template }: Pick<Made, "template">, { Roles }: Values): string {
  const [first] = Roles as { Ref: string }[];
  return String(template.Resources[first?.Ref ?? ""]?.Properties.RoleName);
}

/** Makes a template's stack in an account. @param region of what is regional; the stack's if omitted */
export async function createStack(
  template: Template,
  account: string,
  aws: Aws,
  region = aws.region,
): Promise<void> {
  const made = { template, account, region };
  const iam = new IAMClient(rootOf(account, "us-east-1", aws));
  const events = new EventBridgeClient(rootOf(account, region, aws));
  for (const { RoleName, AssumeRolePolicyDocument: trust, Policies } of resourcesOf(made, "AWS::IAM::Role")) {
    const role = { RoleName: String(RoleName) };
    await iam.send(new CreateRoleCommand({ ...role, AssumeRolePolicyDocument: JSON.stringify(trust) }));
    for (const { PolicyName, PolicyDocument } of Policies as Values[])
      await iam.send(
        new PutRolePolicyCommand({
          ...role,
          PolicyName: String(PolicyName),
          PolicyDocument: JSON.stringify(PolicyDocument),
        }),
      );
  }
  for (const policy of resourcesOf(made, "AWS::IAM::ManagedPolicy")) {
    const PolicyName = String(policy.ManagedPolicyName);
    const PolicyDocument = JSON.stringify(policy.PolicyDocument);
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
    const RoleName = roleNameOf(made, policy);
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
  }
  for (const { Name, Description, EventPattern, State, Targets } of resourcesOf(made, "AWS::Events::Rule")) {
    await events.send(
      new PutRuleCommand({
        Name: String(Name),
        Description: String(Description),
        EventPattern: JSON.stringify(EventPattern),
        State: State as RuleState,
      }),
    );
    await events.send(new PutTargetsCommand({ Rule: String(Name), Targets: Targets as Target[] }));
  }
  iam.destroy();
  events.destroy();
}

async function deleteStack(made: Made, aws: Aws): Promise<void> {
  const iam = new IAMClient(rootOf(made.account, "us-east-1", aws));
  const events = new EventBridgeClient(rootOf(made.account, made.region, aws));
  for (const { Name, Targets } of resourcesOf(made, "AWS::Events::Rule")) {
    const Ids = (Targets as Target[]).map(({ Id }) => String(Id));
    await ifPresent(events.send(new RemoveTargetsCommand({ Rule: String(Name), Ids })));
    await ifPresent(events.send(new DeleteRuleCommand({ Name: String(Name) })));
  }
  for (const policy of resourcesOf(made, "AWS::IAM::ManagedPolicy")) {
    const PolicyArn = `arn:aws:iam::${made.account}:policy/${String(policy.ManagedPolicyName)}`;
    const RoleName = roleNameOf(made, policy);
    await ifPresent(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
    await ifPresent(iam.send(new DeletePolicyCommand({ PolicyArn })));
  }
  for (const { RoleName, Policies } of resourcesOf(made, "AWS::IAM::Role")) {
    const role = { RoleName: String(RoleName) };
    for (const { PolicyName } of Policies as Values[])
      await ifPresent(iam.send(new DeleteRolePolicyCommand({ ...role, PolicyName: String(PolicyName) })));
    await ifPresent(iam.send(new DeleteRoleCommand(role)));
  }
  iam.destroy();
  events.destroy();
}
