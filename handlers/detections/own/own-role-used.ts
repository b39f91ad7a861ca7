import type { CloudTrailRecord } from "../../cloudtrail/record";
import { nameInArn } from "../../cloudtrail/parameters";
import { eventOf, serviceOf } from "../../cloudtrail/record";
import { fieldsOf, textOf } from "../../json";
import type { DetectionContext } from "../../settings";
import type { Detection } from "../detection";
import { ownPartsIn } from "../readers/own-parts";

/**
 * The services that assume this system's roles: those of its functions, the one with which EventBridge forwards to its bus, that
 * of its state machine, and those of its chat rooms.
 */
const assumedBy = [
  "chatbot.amazonaws.com",
  "events.amazonaws.com",
  "lambda.amazonaws.com",
  "states.amazonaws.com",
];

export const ownRoleUsed: Detection = {
  id: "own-role-used",
  title: "The role of cloudtrailer was given to somebody else",
  severity: "critical",
  attack: { technique: "T1078.004" },
  tier: "core",
  noise: "none",
  events: [
    "apprunner:CreateService",
    "apprunner:UpdateService",
    "appsync:CreateDataSource",
    "appsync:UpdateDataSource",
    "autoscaling:CreateLaunchConfiguration",
    "backup:CreateBackupSelection",
    "batch:CreateComputeEnvironment",
    "batch:RegisterJobDefinition",
    "bedrock:CreateAgent",
    "bedrock:UpdateAgent",
    "cloudformation:CreateChangeSet",
    "cloudformation:CreateStack",
    "cloudformation:CreateStackSet",
    "cloudformation:UpdateStack",
    "cloudformation:UpdateStackSet",
    "cloudtrail:CreateTrail",
    "cloudtrail:UpdateTrail",
    "codebuild:CreateProject",
    "codebuild:UpdateProject",
    "codedeploy:CreateDeploymentGroup",
    "codepipeline:CreatePipeline",
    "codepipeline:UpdatePipeline",
    "cognito-identity:SetIdentityPoolRoles",
    "config:PutConfigurationRecorder",
    "datapipeline:PutPipelineDefinition",
    "ec2:AssociateIamInstanceProfile",
    "ec2:CreateLaunchTemplate",
    "ec2:CreateLaunchTemplateVersion",
    "ec2:ReplaceIamInstanceProfileAssociation",
    "ec2:RequestSpotFleet",
    "ec2:RequestSpotInstances",
    "ec2:RunInstances",
    "ecs:CreateService",
    "ecs:RegisterTaskDefinition",
    "ecs:RunTask",
    "ecs:StartTask",
    "ecs:UpdateService",
    "eks:CreateFargateProfile",
    "eks:CreateNodegroup",
    "eks:CreatePodIdentityAssociation",
    "eks:UpdatePodIdentityAssociation",
    "elasticmapreduce:RunJobFlow",
    "emr-serverless:StartJobRun",
    "events:PutRule",
    "events:PutTargets",
    "firehose:CreateDeliveryStream",
    "firehose:UpdateDestination",
    "glue:CreateCrawler",
    "glue:CreateDevEndpoint",
    "glue:CreateJob",
    "glue:CreateSession",
    "glue:UpdateCrawler",
    "glue:UpdateJob",
    "iot:CreateRoleAlias",
    "iot:CreateTopicRule",
    "iot:ReplaceTopicRule",
    "iot:UpdateRoleAlias",
    "lambda:CreateFunction",
    "lambda:UpdateFunctionConfiguration",
    "logs:PutDestination",
    "logs:PutSubscriptionFilter",
    "pipes:CreatePipe",
    "pipes:UpdatePipe",
    "rds:AddRoleToDBCluster",
    "rds:AddRoleToDBInstance",
    "redshift:CreateCluster",
    "redshift:ModifyClusterIamRoles",
    "rolesanywhere:CreateProfile",
    "rolesanywhere:UpdateProfile",
    "s3:CreateJob",
    "sagemaker:CreateDomain",
    "sagemaker:CreateModel",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreatePipeline",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateTrainingJob",
    "sagemaker:CreateUserProfile",
    "sagemaker:UpdateNotebookInstance",
    "scheduler:CreateSchedule",
    "scheduler:UpdateSchedule",
    "ssm:CreateActivation",
    "ssm:CreateAssociation",
    "ssm:RegisterTaskWithMaintenanceWindow",
    "ssm:SendCommand",
    "ssm:StartAutomationExecution",
    "states:CreateStateMachine",
    "states:UpdateStateMachine",
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "transfer:CreateServer",
    "transfer:CreateUser",
    "transfer:UpdateUser",
  ],
  // Sessions begin all the time, so only those of this system's own roles are examined.
  hint: { field: "requestParameters", texts: [], own: (context) => ownRoles(context).map(nameInArn) },
  remediation: "alert",
  match(record, context) {
    const part = ownPartsIn(record, context).find(
      ({ path, value }) => path.startsWith("requestParameters") && isRole(value, context),
    );
    if (part === undefined || isItsService(record)) return undefined;
    if (isFunctionItself(record, context) || isOwnRule(record, context)) return undefined;
    if (isOwnMachine(record, context) || isOwnRoom(record, context)) return undefined;
    const isAssumed = serviceOf(record) === "sts";
    const what = isAssumed ? "assumed by somebody else" : "given to somebody else";
    return {
      title: `The role of cloudtrailer was ${what}: ${eventOf(record)}`,
      evidence: [
        {
          parameter: part.path,
          value: part.value,
          why: isAssumed
            ? "is this system's own role, which only the AWS service should assume"
            : "is this system's own role: whoever has it may do what the function may",
        },
      ],
      resources: [{ type: "AWS::IAM::Role", id: part.value }],
    };
  },
  runbook: [
    "Take the role away again: delete or change what the call created, and end the sessions of whoever assumed the role.",
    "Look at the role's trust policy: it should allow only the Lambda service. `pulumi up --refresh` restores it.",
    "Check what the role did since the call; only calls that are in a finding's plan are the detector's own.",
  ],
  falsePositives: ["A test of the role's permissions by the team that runs the detector."],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"],
};

function ownRoles({ ownResources }: Pick<DetectionContext, "ownResources">): string[] {
  return ownResources.filter((own) => own.includes(":role/"));
}

function isRole(name: string, context: DetectionContext): boolean {
  return ownRoles(context).some((own) => own === name || own.endsWith(`/${name}`));
}

/** Lambda assumes one role for the function, and EventBridge the other to forward events. */
function isItsService(record: CloudTrailRecord): boolean {
  const { type, invokedBy } = fieldsOf(record.userIdentity);
  const service = textOf(invokedBy);
  return (
    serviceOf(record) === "sts" &&
    type === "AWSService" &&
    service !== undefined &&
    assumedBy.includes(service)
  );
}

/** This system's function has the role by declaration; another detection reports changes to it. */
function isFunctionItself(record: CloudTrailRecord, { ownResources }: DetectionContext): boolean {
  const name = textOf(fieldsOf(record.requestParameters).functionName);
  return serviceOf(record) === "lambda" && name !== undefined && ownResources.includes(name);
}

/** So has its state machine. */
function isOwnMachine(record: CloudTrailRecord, context: DetectionContext): boolean {
  if (serviceOf(record) !== "states") return false;
  return ownPartsIn(record, context).some(({ path }) =>
    /^requestParameters\.(?:name|stateMachineArn)$/.test(path),
  );
}

/** So have its chat rooms, by the stack that sets them up. */
function isOwnRoom(record: CloudTrailRecord, context: DetectionContext): boolean {
  if (serviceOf(record) !== "cloudformation") return false;
  return ownPartsIn(record, context).some(({ path }) => path === "requestParameters.stackName");
}

/** So have its rules, which forward events with their role. */
function isOwnRule(record: CloudTrailRecord, context: DetectionContext): boolean {
  if (serviceOf(record) !== "events") return false;
  return ownPartsIn(record, context).some(({ path }) =>
    /^requestParameters\.(?:rule|eventBusName)$/.test(path),
  );
}
