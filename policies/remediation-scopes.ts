import { actionResources } from "./action-resources";
import type { Place, Statement } from "./document";

type Condition = NonNullable<Statement["Condition"]>;

/** What a statement is limited to. */
type Scope = Pick<Statement, "Resource" | "Condition">;

/** What restricts an action that could grant somebody more. */
const conditionOfAction: Record<string, (place: Place) => Condition> = {
  // The quarantine policies that AWS itself attaches to users whose keys have leaked; they only deny.
  "iam:AttachUserPolicy": ({ partition }) => ({
    ArnLike: { "iam:PolicyARN": `arn:${partition}:iam::aws:policy/AWSCompromisedKeyQuarantine*` },
  }),
  // Only on creation: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
  "ec2:CreateTags": () => ({ StringEquals: { "ec2:CreateAction": "CreateFlowLogs" } }),
  // Only to stop sharing snapshots.
  "ec2:ModifySnapshotAttribute": () => ({ Null: { "ec2:Add/group": "true", "ec2:Add/userId": "true" } }),
  // A call without the key leaves the authorization type as it is.
  "lambda:UpdateFunctionUrlConfig": () => ({
    StringEqualsIfExists: { "lambda:FunctionUrlAuthType": "AWS_IAM" },
  }),
};

/** Actions that are granted for services: a permission has the service after the action. */
const forServices: Record<string, (services: string[], place: Place) => Scope> = {
  // A restored trail, recorder, flow log or replication rule keeps its role.
  "iam:PassRole": (services, place) => ({
    Resource: resourcesOf("iam:PassRole", place),
    Condition: { StringEquals: { "iam:PassedToService": services } },
  }),
  // A service may change the policy of its service-linked role with the caller's permissions.
  "iam:DeleteRolePolicy": ownRoles,
  "iam:PutRolePolicy": ownRoles,
};

function ownRoles(services: string[], { partition, account }: Place): Scope {
  const role = (service: string) => `arn:${partition}:iam::${account}:role/aws-service-role/${service}/*`;
  return { Resource: services.map(role) };
}

/**
 * Statements that allow what remediations need: one for all actions with the same resources and condition. Sorted, so that
 * the same permissions give the same text.
 *
 * @param permissions IAM actions, each followed by a service if it is granted for one: `iam:PassRole config.amazonaws.com`
 */
export function statementsFor(permissions: string[], place: Place): Statement[] {
  const wanted = [...new Set(permissions)].sort();
  const alone = wanted.filter((permission) => !permission.includes(" "));
  const servicesOf: Record<string, string[]> = {};
  for (const permission of wanted) {
    const [action = "", service] = permission.split(" ");
    if (service !== undefined) servicesOf[action] = [...(servicesOf[action] ?? []), service];
  }
  const grants: Record<string, Statement> = {};
  const grant = (action: string, scope: Scope) => {
    const key = JSON.stringify(scope);
    const statement = grants[key] ?? { Sid: "", Effect: "Allow", Action: [], ...scope };
    grants[key] = { ...statement, Action: [...(statement.Action ?? []), action] };
  };
  for (const action of alone) grant(action, scopeOf(action, place));
  for (const [action, services] of Object.entries(servicesOf))
    grant(action, scopeForServices(action, services, place));
  return named(Object.values(grants));
}

function scopeOf(action: string, place: Place): Scope {
  if (action === "iam:PassRole")
    throw new Error(
      "expected the service that gets the role, as in `iam:PassRole config.amazonaws.com`, found iam:PassRole alone",
    );
  const Resource = resourcesOf(action, place);
  const condition = conditionOfAction[action]?.(place) ?? {};
  // Without an account in its ARN, it may be somebody else's.
  const isOwn = Resource.some((arn) => arn === "*" || arn.includes(`:${place.account}:`));
  const { StringEquals, ...others } = condition;
  const Condition = isOwn
    ? condition
    : { ...others, StringEquals: { ...StringEquals, "aws:ResourceAccount": place.account } };
  return Object.keys(Condition).length === 0 ? { Resource } : { Resource, Condition };
}

function scopeForServices(action: string, services: string[], place: Place): Scope {
  const scope = forServices[action];
  if (scope === undefined)
    throw new Error(
      `expected one of ${Object.keys(forServices).join(", ")} before ${services.join(", ")}, found ${action}`,
    );
  return scope(services, place);
}

/** The resources of this account, in all its regions, that an action is granted on; `*` if IAM knows none. */
function resourcesOf(action: string, { partition, account }: Place): string[] {
  const arns = actionResources[action];
  if (arns === undefined)
    throw new Error(
      `expected ${action} in policies/action-resources.ts, found no such action: run npm run docs`,
    );
  if (arns.length === 0) return ["*"];
  const patterns = arns.map((arn) =>
    arn
      .replace("${Partition}", partition)
      .replace(/\$\{(?:Management)?Account(?:Id)?\}/, account)
      .replace(/\$\{\w+\}/g, "*"),
  );
  return [...new Set(patterns)];
}

/** Gives each statement a unique name that says what it is about. */
function named(statements: Statement[]): Statement[] {
  const subjects = statements.map(subjectOf);
  return statements.map((statement, index) => {
    const subject = subjects[index] ?? "";
    const before = subjects.slice(0, index).filter((one) => one === subject).length;
    return { ...statement, Sid: `Remediate${subject}${before === 0 ? "" : `No${before + 1}`}` };
  });
}

/** `IamUser` of `arn:aws:iam::111122223333:user/*`. */
function subjectOf({ Resource: [first = "*"] = [] }: Statement): string {
  if (first === "*") return "WhatHasNoResource";
  const [, , service = "", , , resource = ""] = first.split(":");
  const [type = ""] = resource.replace(/^\//, "").split("/");
  return [...service.split("-"), ...type.split(/[^A-Za-z0-9]/)]
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
