import type { Evidence } from "../detection";
import { matchesPattern } from "../../pattern";
import { coversAction, coversResource, inOnePartition, type Statement } from "./statement";

/** A path from the permissions of a document to those of an administrator. */
export interface Escalation {
  /** The permissions that it takes: `iam:PutUserPolicy`, `iam:PassRole with lambda:CreateFunction`. */
  by: string;
  /** The statements that grant them. */
  statements: Statement[];
  /** Whether it leads only as far as the account's functions, instances and roles, or past a boundary. */
  isIndirect: boolean;
}

/**
 * The statements that make their holder an administrator: all of IAM (which gives access to everything else) or everything,
 * on all resources. A condition does not change that; unconditional denials of all of IAM, or of each permission of it that
 * leads further, do. `NotAction` counts unless it excludes IAM.
 *
 * @param account this one, for resources spelled out with it
 */
export function administratorStatementsOf(statements: Statement[], account: string): Statement[] {
  if (isHeldBack(statements, account)) return [];
  return statements.filter(
    (statement) =>
      statement.effect === "Allow" &&
      (statement.actions.some(coversIam) ||
        (statement.notActions.length > 0 && !statement.notActions.some(coversIam))) &&
      (statement.notResources.length > 0 ||
        statement.resources.some((resource) =>
          matchesPattern(inOnePartition(resource), `arn:aws:iam::${account}:*`),
        )),
  );
}

/** Whether denials leave nothing of IAM by which its holder could get more. */
function isHeldBack(statements: Statement[], account: string): boolean {
  return overOthers
    .filter(({ isIndirect }) => isIndirect === undefined)
    .every(({ action, on }) =>
      statements.some((statement) => isDenied(statement, action, allOf(on, account))),
    );
}

function coversIam(action: string): boolean {
  // Matched against the text `iam:*`, a pattern matches only if it covers every action of IAM.
  return matchesPattern(action.toLowerCase(), "iam:*");
}

/** Evidence for administrator statements. `parameter` is the path of the document. */
export function evidenceOfAdministrator(statements: Statement[], parameter: string): Evidence[] {
  return statements.map((statement) => ({
    parameter: `${parameter}.Statement[${statement.index}]`,
    value: shownRights(statement),
    why: "grants administrator rights",
  }));
}

/** A permission over others that is enough by itself. */
interface RightOverOthers {
  action: string;
  /** What it must be granted on. */
  on: "user" | "group" | "role" | "policy" | "function" | "instance" | "everything";
  /** Whether it is enough on oneself, too. */
  onOneself?: true;
  isIndirect?: true;
}

const overOthers: RightOverOthers[] = [
  { action: "iam:AddUserToGroup", on: "group" },
  { action: "iam:AttachGroupPolicy", on: "group" },
  { action: "iam:AttachRolePolicy", on: "role", onOneself: true },
  { action: "iam:AttachUserPolicy", on: "user", onOneself: true },
  { action: "iam:CreateAccessKey", on: "user" },
  { action: "iam:CreateLoginProfile", on: "user" },
  { action: "iam:CreatePolicyVersion", on: "policy" },
  { action: "iam:DeleteRolePermissionsBoundary", on: "role", isIndirect: true },
  { action: "iam:DeleteUserPermissionsBoundary", on: "user", isIndirect: true },
  { action: "iam:PutGroupPolicy", on: "group" },
  { action: "iam:PutRolePolicy", on: "role", onOneself: true },
  { action: "iam:PutUserPolicy", on: "user", onOneself: true },
  { action: "iam:SetDefaultPolicyVersion", on: "policy" },
  { action: "iam:UpdateAssumeRolePolicy", on: "role" },
  { action: "iam:UpdateLoginProfile", on: "user" },
  { action: "ec2-instance-connect:SendSSHPublicKey", on: "instance", isIndirect: true },
  { action: "ecs:ExecuteCommand", on: "everything", isIndirect: true },
  { action: "glue:UpdateDevEndpoint", on: "everything", isIndirect: true },
  { action: "lambda:UpdateFunctionCode", on: "function", isIndirect: true },
  // Its layers and environment decide what code it loads.
  { action: "lambda:UpdateFunctionConfiguration", on: "function", isIndirect: true },
  { action: "sagemaker:CreatePresignedNotebookInstanceUrl", on: "everything", isIndirect: true },
  { action: "ssm:SendCommand", on: "everything", isIndirect: true },
  { action: "ssm:StartSession", on: "instance", isIndirect: true },
  { action: "sso:AttachManagedPolicyToPermissionSet", on: "everything", isIndirect: true },
  { action: "sso:CreateAccountAssignment", on: "everything", isIndirect: true },
  { action: "sso:PutInlinePolicyToPermissionSet", on: "everything", isIndirect: true },
  { action: "sts:AssumeRole", on: "role", isIndirect: true },
];

/** What runs with a passed role: the service, and the permissions that start it, one of each list. */
interface Passing {
  service: string;
  rights: string[][];
}

const passings: Passing[] = [
  { service: "apprunner", rights: [["apprunner:CreateService", "apprunner:UpdateService"]] },
  { service: "batch", rights: [["batch:RegisterJobDefinition"], ["batch:SubmitJob"]] },
  { service: "bedrock-agentcore", rights: [["bedrock-agentcore:CreateCodeInterpreter"]] },
  {
    service: "cloudformation",
    rights: [["cloudformation:CreateStack", "cloudformation:UpdateStack", "cloudformation:CreateStackSet"]],
  },
  {
    service: "cloudformation",
    rights: [["cloudformation:CreateChangeSet"], ["cloudformation:ExecuteChangeSet"]],
  },
  {
    service: "codebuild",
    rights: [
      ["codebuild:CreateProject", "codebuild:UpdateProject"],
      ["codebuild:StartBuild", "codebuild:StartBuildBatch"],
    ],
  },
  { service: "codepipeline", rights: [["codepipeline:CreatePipeline", "codepipeline:UpdatePipeline"]] },
  { service: "codestar", rights: [["codestar:CreateProject"]] },
  {
    service: "datapipeline",
    rights: [["datapipeline:CreatePipeline"], ["datapipeline:PutPipelineDefinition"]],
  },
  {
    service: "ec2",
    rights: [
      [
        "ec2:RunInstances",
        "ec2:AssociateIamInstanceProfile",
        "ec2:ReplaceIamInstanceProfileAssociation",
        "ec2:RequestSpotInstances",
        "ec2:RequestSpotFleet",
        "ec2:CreateFleet",
        "iam:AddRoleToInstanceProfile",
      ],
    ],
  },
  {
    service: "ec2",
    rights: [["autoscaling:CreateLaunchConfiguration"], ["autoscaling:CreateAutoScalingGroup"]],
  },
  {
    service: "ecs-tasks",
    // The role may be that of the definition, or override it.
    rights: [["ecs:RunTask", "ecs:StartTask"]],
  },
  {
    service: "ecs-tasks",
    rights: [["ecs:RegisterTaskDefinition"], ["ecs:CreateService", "ecs:UpdateService"]],
  },
  { service: "elasticmapreduce", rights: [["elasticmapreduce:RunJobFlow"]] },
  { service: "emr-serverless", rights: [["emr-serverless:StartJobRun"]] },
  { service: "glue", rights: [["glue:CreateDevEndpoint", "glue:UpdateDevEndpoint"]] },
  {
    service: "glue",
    rights: [
      ["glue:CreateJob", "glue:UpdateJob"],
      ["glue:StartJobRun", "glue:CreateTrigger"],
    ],
  },
  { service: "glue", rights: [["glue:CreateSession"], ["glue:RunStatement"]] },
  {
    service: "lambda",
    rights: [
      ["lambda:CreateFunction"],
      [
        "lambda:InvokeFunction",
        "lambda:CreateEventSourceMapping",
        "lambda:AddPermission",
        "lambda:CreateFunctionUrlConfig",
      ],
    ],
  },
  {
    service: "sagemaker",
    rights: [
      ["sagemaker:CreateNotebookInstance", "sagemaker:CreateProcessingJob", "sagemaker:CreateTrainingJob"],
    ],
  },
  // A schedule calls any API with its role.
  { service: "scheduler", rights: [["scheduler:CreateSchedule", "scheduler:UpdateSchedule"]] },
  { service: "ssm", rights: [["ssm:StartAutomationExecution"]] },
  { service: "states", rights: [["states:CreateStateMachine"], ["states:StartExecution"]] },
];

/**
 * The paths from the permissions of a document to those of an administrator: permissions over the policies, passwords, keys
 * and groups of others, over what runs with their roles, and over what runs with passed roles. A permission counts if it is
 * granted on all users, groups, roles, policies, functions or instances, by a statement whose conditions do not limit what may
 * be granted, and is not denied.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 *
 * @param holder the ARN of the document's holder, if known
 */
export function escalationsOf(statements: Statement[], account: string, holder = ""): Escalation[] {
  const byThemselves = overOthers.flatMap(({ action, on, onOneself, isIndirect = false }): Escalation[] => {
    const oneself = onOneself ? [`arn:aws:iam::${account}:${on}/\${aws:username}`, holder] : [];
    const statement = [allOf(on, account), ...oneself]
      .map((resource) => givenOn(statements, action, resource))
      .find((one) => one !== undefined);
    return statement === undefined ? [] : [{ by: action, statements: [statement], isIndirect }];
  });
  return [...byThemselves, ...byPassing(statements, account)];
}

/** Evidence for escalations, by statement. `parameter` is the path of the document. */
export function evidenceOfEscalations(escalations: Escalation[], parameter: string): Evidence[] {
  const statements = new Set(escalations.flatMap((escalation) => escalation.statements));
  return [...statements].map((statement) => ({
    parameter: `${parameter}.Statement[${statement.index}]`,
    value: shownRights(statement),
    why: `leads to administrator rights through ${listed(escalations.filter((one) => one.statements.includes(statement)))}`,
  }));
}

function listed(escalations: Escalation[]): string {
  const max = 6;
  const names = escalations.map(({ by }) => by);
  return names.length > max
    ? `${names.slice(0, max).join(", ")} and ${names.length - max} more`
    : names.join(", ");
}

function shownRights({ actions, notActions, resources, notResources }: Statement): Record<string, string[]> {
  return {
    ...(actions.length > 0 ? { Action: actions } : { NotAction: notActions }),
    ...(notResources.length > 0 ? { NotResource: notResources } : { Resource: resources }),
  };
}

function allOf(kind: RightOverOthers["on"], account: string): string {
  switch (kind) {
    case "everything":
      return "*";
    case "function":
      return `arn:aws:lambda:*:${account}:function:*`;
    case "instance":
      return `arn:aws:ec2:*:${account}:instance/*`;
    default:
      return `arn:aws:iam::${account}:${kind}/*`;
  }
}

/** The statement that grants an action on a resource, or on everything that a pattern covers. */
function givenOn(statements: Statement[], action: string, resource: string): Statement | undefined {
  if (resource === "" || statements.some((statement) => isDenied(statement, action, resource)))
    return undefined;
  return statements.find(
    (statement) =>
      statement.effect === "Allow" &&
      coversAction(statement, action) &&
      coversResource(statement, resource) &&
      !isLimited(statement),
  );
}

function isDenied(statement: Statement, action: string, resource: string): boolean {
  return (
    statement.effect === "Deny" &&
    statement.conditions.length === 0 &&
    coversAction(statement, action) &&
    coversResource(statement, resource)
  );
}

/**
 * Whether conditions leave little of what a statement grants: one tag's resources, one policy, permissions below a
 * boundary.
 */
function isLimited({ conditions }: Statement): boolean {
  return conditions.some(({ operator, key, values }) => {
    if (/not|null/i.test(operator)) return false;
    const name = key.toLowerCase();
    // Resources without the tag and calls without a boundary pass, too.
    if (/ifexists|forallvalues/i.test(operator) && name !== "iam:policyarn") return false;
    if (name === "iam:policyarn")
      return !values.some((value) =>
        matchesPattern(inOnePartition(value), "arn:aws:iam::aws:policy/AdministratorAccess"),
      );
    return name === "iam:permissionsboundary" || /^(?:aws|iam|ssm):resourcetag\//.test(name);
  });
}

function byPassing(statements: Statement[], account: string): Escalation[] {
  const passing = statements.filter(
    (statement) => givenOn([statement], "iam:PassRole", allOf("role", account)) !== undefined,
  );
  if (givenOn(statements, "iam:PassRole", allOf("role", account)) === undefined) return [];
  return passings.flatMap(({ service, rights }): Escalation[] => {
    const pass = passing.find((statement) => mayPassTo(statement, service));
    const starting = rights.map((alternatives) => startingIn(statements, alternatives));
    if (pass === undefined || starting.includes(undefined)) return [];
    const known = starting.filter((one) => one !== undefined);
    return [
      {
        by: `iam:PassRole with ${known.map(({ action }) => action).join(" and ")}`,
        statements: [...new Set([pass, ...known.map(({ statement }) => statement)])],
        isIndirect: false,
      },
    ];
  });
}

/** Whether roles may be passed to a service: to all, unless a condition names some. */
function mayPassTo({ conditions }: Statement, service: string): boolean {
  return conditions
    .filter(({ operator, key }) => key.toLowerCase() === "iam:passedtoservice" && !/not|null/i.test(operator))
    .every(({ values }) =>
      values.some((value) => matchesPattern(value.replace(/\.cn$/, ""), `${service}.amazonaws.com`)),
    );
}

/** The first of some actions that a document grants on anything. */
function startingIn(
  statements: Statement[],
  alternatives: string[],
): { action: string; statement: Statement } | undefined {
  for (const action of alternatives) {
    if (statements.some((statement) => isDenied(statement, action, "*"))) continue;
    const statement = statements.find(
      (one) => one.effect === "Allow" && coversAction(one, action) && !isLimited(one),
    );
    if (statement !== undefined) return { action, statement };
  }
  return undefined;
}
