import { eventOf, serviceOf } from "../../cloudtrail/record";
import { fieldsOf, textOf } from "../../json";
import type { DetectionContext } from "../../settings";
import type { Detection } from "../detection";
import { ownPartsIn } from "../readers/own-parts";
import type { CloudTrailRecord } from "../../cloudtrail/record";

export const ownRoleUsed: Detection = {
  id: "own-role-used",
  title: "The role of cloudtrailer was given to somebody else",
  severity: "critical",
  attack: { technique: "T1078.004" },
  tier: "core",
  events: [
    "autoscaling:CreateLaunchConfiguration",
    "batch:RegisterJobDefinition",
    "cloudformation:CreateChangeSet",
    "cloudformation:CreateStack",
    "cloudformation:UpdateStack",
    "codebuild:CreateProject",
    "codebuild:UpdateProject",
    "ec2:AssociateIamInstanceProfile",
    "ec2:CreateLaunchTemplate",
    "ec2:ReplaceIamInstanceProfileAssociation",
    "ec2:RunInstances",
    "ecs:RegisterTaskDefinition",
    "ecs:RunTask",
    "glue:CreateDevEndpoint",
    "glue:CreateJob",
    "lambda:CreateFunction",
    "lambda:UpdateFunctionConfiguration",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateTrainingJob",
    "ssm:StartAutomationExecution",
    "states:CreateStateMachine",
    "states:UpdateStateMachine",
  ],
  hint: { field: "requestParameters", texts: ["role", "Role", "nstanceProfile"] },
  remediation: "alert",
  match(record, context) {
    const part = ownPartsIn(record, context).find(({ value }) => isRole(value, context));
    if (part === undefined || isLambdaItself(record) || isFunctionItself(record, context)) return undefined;
    return {
      title: `The role of cloudtrailer was given to somebody else by ${eventOf(record)}`,
      evidence: [{ parameter: part.path, value: part.value, why: "is the detector's own role" }],
      resources: [{ type: "AWS::IAM::Role", id: part.value }],
    };
  },
  runbook: [
    "Take the role away again: delete or change what the call made, and end the sessions of whoever assumed the role.",
    "Look at the role's trust policy: it should let the Lambda service in, and nobody else. `pulumi up --refresh` brings it back.",
    "Read what the role did since the call; only calls that are in a finding's plan are the detector's own.",
  ],
  falsePositives: ["A test of the role's permissions by the team that runs the detector."],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"],
};

function isRole(name: string, { ownResources }: DetectionContext): boolean {
  return ownResources.some((own) => own.includes(":role/") && (own === name || own.endsWith(`/${name}`)));
}

/** Lambda assumes the role for the function. */
function isLambdaItself(record: CloudTrailRecord): boolean {
  const { type, invokedBy } = fieldsOf(record.userIdentity);
  return serviceOf(record) === "sts" && type === "AWSService" && invokedBy === "lambda.amazonaws.com";
}

/** The function of this system has the role by its declaration; a change of it is another detection's. */
function isFunctionItself(record: CloudTrailRecord, { ownResources }: DetectionContext): boolean {
  const name = textOf(fieldsOf(record.requestParameters).functionName);
  return serviceOf(record) === "lambda" && name !== undefined && ownResources.includes(name);
}
