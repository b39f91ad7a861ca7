import { createHash } from "node:crypto";
import { type Call, type CallAws, callsTo } from "../aws/call";
import { isPassing } from "../aws/retries";
import { nameInArn } from "../cloudtrail/parameters";
import { canonicalJson, fieldsOf, listOf, picked, plainTextOf, textOf } from "../json";
import type { Settings } from "../settings";

/** What self-check is told of the stack. */
export type OwnPartSettings = Pick<Settings, "account" | "region" | "bucket" | "roleName" | "context">;

/** The state of one part: what of AWS's answers a deployment decides, by what was asked. */
export type PartState = Record<string, unknown>;

/** What stands for an answer that AWS did not give: that there is none is a state as well. */
const missing = "(none)";

/** Reads one aspect of a part. */
interface Look {
  call: Call;
  /** What of the answer a deployment decides; what changes by itself is left out. */
  keep(answer: Record<string, unknown>): unknown;
}

/** A part of this system, for people, and how it is looked at. */
interface OwnPart {
  name: string;
  looks: Look[];
}

/** IAM actions that looking at all parts needs. */
export const ownPartActions = [
  "cloudtrail:GetEventSelectors",
  "cloudtrail:GetTrail",
  "cloudtrail:GetTrailStatus",
  "dynamodb:DescribeTimeToLive",
  "dynamodb:GetResourcePolicy",
  "events:DescribeRule",
  "events:ListTargetsByRule",
  "iam:GetRole",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
  "lambda:GetFunctionConcurrency",
  "lambda:GetFunctionConfiguration",
  "lambda:GetFunctionEventInvokeConfig",
  "lambda:GetPolicy",
  "s3:GetBucketPolicy",
  "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketVersioning",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "sns:GetTopicAttributes",
  "sns:ListSubscriptionsByTopic",
  "sqs:GetQueueAttributes",
];

/** A policy in the form in which two that say the same are the same text. */
function policyOf(text: unknown): unknown {
  const policy = plainTextOf(text);
  try {
    return hashOf(JSON.parse(policy.startsWith("%") ? decodeURIComponent(policy) : policy));
  } catch {
    return hashOf(policy);
  }
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 16);
}

/** Lists that AWS gives in any order. */
function sorted(values: unknown[]): unknown[] {
  return values.map((value) => canonicalJson(value)).sort();
}

/** The parts that a stack has, from the names that its settings know. */
export function ownPartsOf({ region, bucket, roleName, context }: OwnPartSettings): OwnPart[] {
  const { trail, ownResources } = context;
  const arns = (service: string) => ownResources.filter((name) => name.split(":")[2] === service);
  const look = (
    service: string,
    operation: string,
    input: Record<string, unknown>,
    keep: Look["keep"],
  ): Look => ({ call: callsTo(service, region)(operation, input), keep });

  const trails = trail === undefined ? [] : [trail.arn];
  return [
    ...trails.map((Name) => ({
      name: `trail ${nameInArn(Name)}`,
      looks: [
        look("cloudtrail", "GetTrail", { Name }, ({ Trail }) =>
          picked(Trail, [
            "S3BucketName",
            "S3KeyPrefix",
            "SnsTopicARN",
            "IncludeGlobalServiceEvents",
            "IsMultiRegionTrail",
            "IsOrganizationTrail",
            "KmsKeyId",
            "LogFileValidationEnabled",
          ]),
        ),
        look("cloudtrail", "GetTrailStatus", { Name }, (status) =>
          // What a person should know at once, and what is empty while all is well.
          picked(status, ["IsLogging", "LatestDeliveryError", "LatestNotificationError"]),
        ),
        look("cloudtrail", "GetEventSelectors", { TrailName: Name }, (answer) =>
          picked(answer, ["EventSelectors", "AdvancedEventSelectors"]),
        ),
      ],
    })),
    {
      name: `bucket ${bucket}`,
      looks: [
        look("s3", "GetBucketPolicy", { Bucket: bucket }, ({ Policy }) => policyOf(Policy)),
        look(
          "s3",
          "GetPublicAccessBlock",
          { Bucket: bucket },
          (answer) => answer.PublicAccessBlockConfiguration,
        ),
        look("s3", "GetBucketLifecycleConfiguration", { Bucket: bucket }, ({ Rules }) => Rules),
        look("s3", "GetBucketVersioning", { Bucket: bucket }, ({ Status }) => Status),
        look(
          "s3",
          "GetBucketEncryption",
          { Bucket: bucket },
          (answer) => answer.ServerSideEncryptionConfiguration,
        ),
      ],
    },
    ...arns("sns").map((TopicArn) => ({
      name: `topic ${nameInArn(TopicArn)}`,
      looks: [
        look("sns", "GetTopicAttributes", { TopicArn }, ({ Attributes }) => ({
          policy: policyOf(fieldsOf(Attributes).Policy),
          ...picked(Attributes, ["KmsMasterKeyId"]),
        })),
        look("sns", "ListSubscriptionsByTopic", { TopicArn }, ({ Subscriptions }) =>
          // By endpoint: one that is confirmed after the deployment gets its ARN only then.
          sorted(listOf(Subscriptions).map((one) => picked(one, ["Protocol", "Endpoint"]))),
        ),
      ],
    })),
    ...arns("lambda").map((FunctionName) => ({
      name: `function ${nameInArn(FunctionName)}`,
      looks: [
        look("lambda", "GetFunctionConfiguration", { FunctionName }, (answer) => ({
          ...picked(answer, ["CodeSha256", "Handler", "MemorySize", "Role", "Runtime", "Timeout"]),
          environment: hashOf(fieldsOf(answer.Environment).Variables ?? {}),
          layers: sorted(listOf(answer.Layers).map((layer) => fieldsOf(layer).Arn)),
        })),
        look(
          "lambda",
          "GetFunctionConcurrency",
          { FunctionName },
          (answer) => answer.ReservedConcurrentExecutions,
        ),
        look("lambda", "GetPolicy", { FunctionName }, ({ Policy }) => policyOf(Policy)),
        look("lambda", "GetFunctionEventInvokeConfig", { FunctionName }, (answer) =>
          picked(answer, ["DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts"]),
        ),
      ],
    })),
    {
      name: `role ${roleName}`,
      looks: [
        look("iam", "GetRole", { RoleName: roleName }, ({ Role }) => ({
          trust: policyOf(fieldsOf(Role).AssumeRolePolicyDocument),
          boundary: fieldsOf(fieldsOf(Role).PermissionsBoundary).PermissionsBoundaryArn,
        })),
        look("iam", "ListRolePolicies", { RoleName: roleName }, ({ PolicyNames }) =>
          sorted(listOf(PolicyNames)),
        ),
        look("iam", "ListAttachedRolePolicies", { RoleName: roleName }, ({ AttachedPolicies }) =>
          sorted(listOf(AttachedPolicies).map((one) => fieldsOf(one).PolicyArn)),
        ),
      ],
    },
    ...arns("dynamodb").map((ResourceArn) => ({
      name: `table ${nameInArn(ResourceArn)}`,
      looks: [
        look("dynamodb", "GetResourcePolicy", { ResourceArn }, ({ Policy }) => policyOf(Policy)),
        look("dynamodb", "DescribeTimeToLive", { TableName: nameInArn(ResourceArn) }, (answer) =>
          timeToLiveOf(fieldsOf(answer.TimeToLiveDescription)),
        ),
      ],
    })),
    ...arns("sqs").map((arn) => ({
      name: `queue ${nameInArn(arn)}`,
      looks: [
        look(
          "sqs",
          "GetQueueAttributes",
          {
            QueueUrl: queueUrlOf(arn),
            AttributeNames: ["Policy", "MessageRetentionPeriod", "KmsMasterKeyId"],
          },
          ({ Attributes }) => ({
            policy: policyOf(fieldsOf(Attributes).Policy),
            ...picked(Attributes, ["MessageRetentionPeriod", "KmsMasterKeyId"]),
          }),
        ),
      ],
    })),
    ...arns("events").map((arn) => ({
      name: `rule ${nameInArn(arn)}`,
      looks: [
        look("events", "DescribeRule", { Name: nameInArn(arn) }, (answer) =>
          picked(answer, ["EventPattern", "ScheduleExpression", "State"]),
        ),
        look("events", "ListTargetsByRule", { Rule: nameInArn(arn) }, ({ Targets }) =>
          sorted(listOf(Targets)),
        ),
      ],
    })),
  ];
}

/** It is being enabled for up to an hour after a deployment. */
function timeToLiveOf({ AttributeName, TimeToLiveStatus }: Record<string, unknown>): unknown {
  return { attribute: AttributeName, enabled: /^ENABL/.test(plainTextOf(TimeToLiveStatus)) };
}

/** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html */
function queueUrlOf(arn: string): string {
  const [, partition, , region, account, name] = arn.split(":");
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://sqs.${region}.${domain}/${account}/${name}`;
}

/**
 * The state of every part, by its name. What AWS refuses to show is a state as well: it is said, and differs from what a
 * deployment saw.
 *
 * @throws a passing error: then nobody knows
 */
export async function stateOfParts(
  settings: OwnPartSettings,
  aws: CallAws,
): Promise<Record<string, PartState>> {
  const states: Record<string, PartState> = {};
  for (const { name, looks } of ownPartsOf(settings)) {
    const state: PartState = {};
    for (const { call, keep } of looks) state[call.operation] = await seen(call, keep, aws);
    states[name] = state;
  }
  return states;
}

async function seen(call: Call, keep: Look["keep"], aws: CallAws): Promise<unknown> {
  try {
    // As the table will give it back: without what is undefined, dates as text.
    return JSON.parse(JSON.stringify(keep(await aws(call)) ?? missing)) as unknown;
  } catch (error) {
    if (isPassing(error)) throw error;
    const code = textOf((error as { name?: unknown }).name) ?? "Error";
    return /NotFound|NoSuch|NonExistent|Nonexistent/.test(code) ? missing : `(not readable: ${code})`;
  }
}
