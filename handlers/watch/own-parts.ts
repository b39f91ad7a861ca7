import { createHash } from "node:crypto";
import { type Call, type CallAws, callsTo } from "../aws/call";
import { iamRegionOf } from "../aws/regions";
import { isPassing } from "../aws/retries";
import { nameOfPart } from "../chat-parts";
import { nameInArn } from "../cloudtrail/parameters";
import { forEachAtMost } from "../concurrency";
import { canonicalJson, fieldsOf, listOf, picked, plainTextOf, textOf } from "../json";
import { watchSeparator } from "../part-names";
import type { Settings } from "../settings";

/** What the self-check is told of the stack. */
export type OwnPartSettings = Pick<
  Settings,
  | "account"
  | "region"
  | "bucket"
  | "roleName"
  | "alertTopicArn"
  | "context"
  | "source"
  | "events"
  | "findingsBus"
  | "fix"
  | "chat"
>;

/** The state of one part: the parts of AWS's answers that a deployment decides, by call. */
export type PartState = Record<string, unknown>;

/** Stands for an answer that AWS did not give: that there is none is a state, too. */
export const missing = "(none)";

/** How the state begins that stands for an answer AWS denied. */
const unreadable = "(not readable: ";

/** One read of a part. */
export interface Look {
  call: Call;
  /** Which of several things of a part the call is about: the name of a policy. */
  of?: string;
  /** The parts of the answer that a deployment decides; what changes by itself is omitted. */
  keep(answer: Record<string, unknown>): unknown;
  /** What else to read, depending on the answer. */
  then?(answer: Record<string, unknown>): Look[];
}

/** A part of this system, for people, and how to read it. */
export interface OwnPart {
  /** For people: `topic security-alerts-red`. */
  name: string;
  /** What a difference means from now on. */
  means: string;
  looks: Look[];
}

/** IAM actions needed to read all parts. */
export const ownPartActions = [
  "cloudtrail:GetEventSelectors",
  "cloudtrail:GetTrail",
  "cloudtrail:GetTrailStatus",
  "dynamodb:DescribeContinuousBackups",
  "dynamodb:DescribeTable",
  "dynamodb:DescribeTimeToLive",
  "dynamodb:GetResourcePolicy",
  "events:DescribeApiDestination",
  "events:DescribeConnection",
  "events:DescribeEventBus",
  "events:DescribeRule",
  "events:ListTargetsByRule",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListInstanceProfilesForRole",
  "iam:ListRolePolicies",
  "lambda:GetFunctionCodeSigningConfig",
  "lambda:GetFunctionConcurrency",
  "lambda:GetFunctionConfiguration",
  "lambda:GetFunctionEventInvokeConfig",
  "lambda:GetFunctionUrlConfig",
  "lambda:GetPolicy",
  "lambda:GetRuntimeManagementConfig",
  "logs:DescribeSubscriptionFilters",
  "s3:GetBucketAcl",
  "s3:GetBucketLogging",
  "s3:GetBucketNotification",
  "s3:GetBucketOwnershipControls",
  "s3:GetBucketPolicy",
  "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketVersioning",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "sns:GetDataProtectionPolicy",
  "sns:GetSubscriptionAttributes",
  "sns:GetTopicAttributes",
  "sns:ListSubscriptionsByTopic",
  "sqs:GetQueueAttributes",
  "states:DescribeStateMachine",
];

/** IAM actions needed to read the rules by which a member sends records. */
export const memberRulesActions = ["events:DescribeRule", "events:ListRules", "events:ListTargetsByRule"];

/** More of the actions for own parts, with rooms of Amazon Q. */
export const ownRoomActions = ["cloudformation:DescribeStacks", "cloudformation:GetTemplate"];

/** More IAM actions for that, which IAM grants on everything or not at all. */
export const ownListActions = [
  "cloudwatch:DescribeAlarms",
  "events:ListRules",
  "lambda:ListEventSourceMappings",
  "logs:DescribeLogGroups",
];

const logsUnsafe = "from now on log files may be lost, deleted or forged";
const nothingSeen = "from now on attacks may go unseen";
const unchecked = "from now on this system's own parts may go unchecked, and baselines may be out of date";
const fixesLate = "from now on a fix that was announced may come an hour late, in the hourly run";
const nothingDetected = "from now on nothing may be detected or fixed";
const nobodyHears = "from now on alerts may reach nobody";
const slower = "from now on fixes may come minutes later, when log files do";
const nobodyPasses =
  "from now on findings may not reach chat rooms, tickets and pagers, or may reach somebody else";
const roomUnsure =
  "from now on findings may not reach the chat room, or others may decide about fixes in the name of its people";
const pastUnsure = "from now on hunts in old log files may miss findings, or make them up";
const nobodyWatches = "from now on nobody may notice that the function has stopped";

/** A hash of a policy: the same for equivalent texts. */
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

/** Lists that AWS returns in any order. */
function sorted(values: unknown[]): unknown[] {
  return values.map((value) => canonicalJson(value)).sort();
}

/** A subscriber as alerts may show it: an address is personal, and a webhook's URL may contain a key. */
function subscriberOf(subscription: unknown): string {
  const { Protocol, Endpoint } = fieldsOf(subscription);
  const endpoint = plainTextOf(Endpoint);
  const shown = endpoint.startsWith("arn:") ? endpoint : `#${hashOf(endpoint).slice(0, 8)}`;
  return `${plainTextOf(Protocol)} ${shown}`;
}

/** The parts of a stack, from the names in its settings. */
export function ownPartsOf(settings: OwnPartSettings): OwnPart[] {
  const { account, region, bucket, alertTopicArn, context, source, events, findingsBus, fix, chat } =
    settings;
  const regionOf = (arn: string) => arn.split(":")[3] || region;
  // What belongs to another account is for its owner to watch.
  const isHere = (arn: string) => (arn.split(":")[4] || account) === account;
  const arns = (service: string, type = "") =>
    context.ownResources.filter((name) => {
      const [, , its, , , resource = ""] = name.split(":");
      return its === service && resource.startsWith(type) && isHere(name);
    });
  const fast = events === undefined ? undefined : nameInArn(events.topicArn);
  const watch = arns("events", "event-bus/")
    .map(nameInArn)
    .find((bus) => bus !== fast && bus !== findingsBus);
  // Hunts: their state machine, function and role have one name, with which that of the second role begins.
  const [machine] = arns("states");
  const isOfPast = (arn: string) => machine !== undefined && nameInArn(arn).startsWith(nameInArn(machine));
  const isOfFast = (arn: string) => nameInArn(arn) === fast;
  const isOfWatch = (arn: string) => watch !== undefined && nameInArn(arn).startsWith(watch);
  const isOfRoom = (arn: string) =>
    chat !== undefined && nameInArn(arn).startsWith(nameOfPart(chat.base, ""));
  const meansOfTopic = (arn: string) => {
    if (arn === alertTopicArn) return nobodyHears;
    if (isOfRoom(arn)) return roomUnsure;
    if (isOfFast(arn)) return slower;
    return isOfWatch(arn) ? nobodyWatches : nothingDetected;
  };
  const meansOfRole = (arn: string) => {
    if (isOfRoom(arn)) return roomUnsure;
    if (nameInArn(arn) === findingsBus) return nobodyPasses;
    if (isOfPast(arn)) return pastUnsure;
    if (isOfFast(arn)) return slower;
    return isOfWatch(arn) ? nobodyWatches : nothingDetected;
  };
  return [
    ...[context.trail?.arn ?? ""]
      .filter((arn) => arn !== "" && isHere(arn))
      .map((arn) => trailPart(arn, regionOf(arn))),
    ...((source?.account ?? account) === account
      ? [bucketPart(bucket, source?.region ?? region, logsUnsafe)]
      : []),
    ...arns("s3")
      .map(nameInArn)
      .filter((name) => name !== bucket)
      .map((name) => bucketPart(name, region, pastUnsure)),
    ...arns("sns").map((arn) => topicPart(arn, regionOf(arn), meansOfTopic(arn))),
    ...arns("lambda").map((arn) => functionPart(arn, region, isOfPast(arn) ? pastUnsure : nothingDetected)),
    ...arns("iam", "role/").map((arn) => rolePart(arn, iamRegionOf(region), meansOfRole(arn))),
    ...arns("dynamodb").map((arn) => tablePart(arn, region)),
    ...arns("sqs").map((arn) =>
      nameInArn(arn) === findingsBus
        ? queuePart(arn, region, "from now on findings that could not be delivered may be lost")
        : queuePart(arn, region, "from now on failed notifications may be lost"),
    ),
    ...arns("logs").map((arn) => logGroupPart(arn, region)),
    ...arns("states").map((arn) => machinePart(arn, region)),
    ...arns("cloudformation").map((arn) => stackPart(nameInArn(arn), region)),
    ...arns("events", "rule/").map((arn) =>
      rulePart(nameInArn(arn), region, nameInArn(arn) === fix?.rule ? fixesLate : unchecked),
    ),
    ...(findingsBus === "" ? [] : findingsParts(findingsBus, region)),
    ...(watch === undefined ? [] : watchParts(watch, region)),
    ...(fast === undefined ? [] : fastParts(fast, region, events?.regions ?? [])),
  ];
}

type LookMaker = (
  operation: string,
  input: Record<string, unknown>,
  keep: Look["keep"],
  more?: Pick<Look, "of" | "then">,
) => Look;

function looksAt(service: string, region: string): LookMaker {
  return (operation, input, keep, more = {}) => ({
    call: callsTo(service, region)(operation, input),
    keep,
    ...more,
  });
}

function trailPart(Name: string, region: string): OwnPart {
  const look = looksAt("cloudtrail", region);
  return {
    name: `trail ${nameInArn(Name)}`,
    means: nothingSeen,
    looks: [
      look("GetTrail", { Name }, ({ Trail }) =>
        picked(Trail, [
          "S3BucketName",
          "S3KeyPrefix",
          "SnsTopicARN",
          "IncludeGlobalServiceEvents",
          "IsMultiRegionTrail",
          "IsOrganizationTrail",
          "KmsKeyId",
          "LogFileValidationEnabled",
          "RecursiveLogging",
        ]),
      ),
      look("GetTrailStatus", { Name }, (status) =>
        // What a person should know at once, and what is empty while everything is fine.
        picked(status, [
          "IsLogging",
          "LatestDeliveryError",
          "LatestDigestDeliveryError",
          "LatestNotificationError",
        ]),
      ),
      look("GetEventSelectors", { TrailName: Name }, (answer) =>
        picked(answer, ["EventSelectors", "AdvancedEventSelectors"]),
      ),
    ],
  };
}

function bucketPart(Bucket: string, region: string, means: string): OwnPart {
  const look = looksAt("s3", region);
  return {
    name: `bucket ${Bucket}`,
    means,
    looks: [
      look("GetBucketPolicy", { Bucket }, ({ Policy }) => policyOf(Policy)),
      look("GetPublicAccessBlock", { Bucket }, (answer) => answer.PublicAccessBlockConfiguration),
      look("GetBucketLifecycleConfiguration", { Bucket }, ({ Rules }) => Rules),
      look("GetBucketVersioning", { Bucket }, ({ Status }) => Status),
      look("GetBucketEncryption", { Bucket }, (answer) => answer.ServerSideEncryptionConfiguration),
      look("GetBucketOwnershipControls", { Bucket }, (answer) => answer.OwnershipControls),
      look("GetBucketAcl", { Bucket }, ({ Grants }) => sorted(listOf(Grants))),
      look("GetBucketNotificationConfiguration", { Bucket }, (answer) =>
        picked(answer, [
          "TopicConfigurations",
          "QueueConfigurations",
          "LambdaFunctionConfigurations",
          "EventBridgeConfiguration",
        ]),
      ),
      look("GetBucketReplication", { Bucket }, (answer) => answer.ReplicationConfiguration),
      look("GetBucketLogging", { Bucket }, ({ LoggingEnabled }) => LoggingEnabled),
    ],
  };
}

function topicPart(TopicArn: string, region: string, means: string): OwnPart {
  const look = looksAt("sns", region);
  return {
    name: `topic ${nameInArn(TopicArn)}`,
    means,
    looks: [
      look("GetTopicAttributes", { TopicArn }, ({ Attributes }) => ({
        policy: policyOf(fieldsOf(Attributes).Policy),
        ...picked(Attributes, ["DeliveryPolicy", "KmsMasterKeyId", "MaximumMessageSize", "SignatureVersion"]),
      })),
      look("GetDataProtectionPolicy", { ResourceArn: TopicArn }, ({ DataProtectionPolicy }) =>
        plainTextOf(DataProtectionPolicy) === "" ? undefined : policyOf(DataProtectionPolicy),
      ),
      look(
        "ListSubscriptionsByTopic",
        { TopicArn },
        ({ Subscriptions, NextToken }) => ({
          subscribers: listOf(Subscriptions).map(subscriberOf).sort(),
          ...(NextToken === undefined ? {} : { more: true }),
        }),
        {
          // An unconfirmed subscription has no ARN, and receives nothing.
          then: ({ Subscriptions }) =>
            listOf(Subscriptions).flatMap((one) => {
              const arn = plainTextOf(fieldsOf(one).SubscriptionArn);
              if (!arn.startsWith("arn:")) return [];
              return [
                look(
                  "GetSubscriptionAttributes",
                  { SubscriptionArn: arn },
                  ({ Attributes }) =>
                    picked(Attributes, [
                      "DeliveryPolicy",
                      "FilterPolicy",
                      "FilterPolicyScope",
                      "RawMessageDelivery",
                      "RedrivePolicy",
                      "ReplayPolicy",
                      "SubscriptionRoleArn",
                    ]),
                  { of: subscriberOf(one) },
                ),
              ];
            }),
        },
      ),
    ],
  };
}

function functionPart(FunctionName: string, region: string, means: string): OwnPart {
  const look = looksAt("lambda", region);
  return {
    name: `function ${nameInArn(FunctionName)}`,
    means,
    looks: [
      look("GetFunctionConfiguration", { FunctionName }, (answer) => ({
        ...picked(answer, [
          "Architectures",
          "CapacityProviderConfig",
          "CodeSha256",
          "DeadLetterConfig",
          "DurableConfig",
          "EphemeralStorage",
          "FileSystemConfigs",
          "Handler",
          "KMSKeyArn",
          "MemorySize",
          "Role",
          "Runtime",
          "Timeout",
        ]),
        ...picked(fieldsOf(answer.LoggingConfig), [
          "ApplicationLogLevel",
          "LogFormat",
          "LogGroup",
          "SystemLogLevel",
        ]),
        subnets: listOf(fieldsOf(answer.VpcConfig).SubnetIds),
        securityGroups: sorted(listOf(fieldsOf(answer.VpcConfig).SecurityGroupIds)),
        snapStart: fieldsOf(answer.SnapStart).ApplyOn,
        environment: hashOf(fieldsOf(answer.Environment).Variables ?? {}),
        layers: sorted(listOf(answer.Layers).map((layer) => fieldsOf(layer).Arn)),
      })),
      look("GetFunctionConcurrency", { FunctionName }, (answer) => answer.ReservedConcurrentExecutions),
      look("GetPolicy", { FunctionName }, ({ Policy }) => policyOf(Policy)),
      look("GetFunctionEventInvokeConfig", { FunctionName }, (answer) =>
        picked(answer, ["DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts"]),
      ),
      look("GetRuntimeManagementConfig", { FunctionName }, (answer) =>
        picked(answer, ["UpdateRuntimeOn", "RuntimeVersionArn"]),
      ),
      look("GetFunctionUrlConfig", { FunctionName }, (answer) => picked(answer, ["AuthType", "FunctionUrl"])),
      look("GetFunctionCodeSigningConfig", { FunctionName }, (answer) => answer.CodeSigningConfigArn),
      look("ListEventSourceMappings", { FunctionName }, ({ EventSourceMappings }) =>
        sorted(listOf(EventSourceMappings).map((one) => picked(one, ["UUID", "EventSourceArn"]))),
      ),
    ],
  };
}

function rolePart(arn: string, region: string, means: string): OwnPart {
  const look = looksAt("iam", region);
  const RoleName = nameInArn(arn);
  const account = arn.split(":")[4] ?? "";
  const document = (PolicyArn: string, VersionId: string) =>
    look(
      "GetPolicyVersion",
      { PolicyArn, VersionId },
      ({ PolicyVersion }) => policyOf(fieldsOf(PolicyVersion).Document),
      { of: nameInArn(PolicyArn) },
    );
  // The text of AWS's own policies is AWS's to change.
  const ofAccount = (PolicyArn: string) =>
    look(
      "GetPolicy",
      { PolicyArn },
      ({ Policy }) => (textOf(fieldsOf(Policy).DefaultVersionId) === undefined ? missing : "there"),
      {
        of: nameInArn(PolicyArn),
        then: ({ Policy }) => {
          const version = textOf(fieldsOf(Policy).DefaultVersionId);
          return version === undefined ? [] : [document(PolicyArn, version)];
        },
      },
    );
  return {
    name: `role ${RoleName}`,
    means,
    looks: [
      look("GetRole", { RoleName }, ({ Role }) => ({
        trust: policyOf(fieldsOf(Role).AssumeRolePolicyDocument),
        boundary: fieldsOf(fieldsOf(Role).PermissionsBoundary).PermissionsBoundaryArn,
        ...picked(Role, ["MaxSessionDuration"]),
      })),
      look("ListRolePolicies", { RoleName }, ({ PolicyNames }) => sorted(listOf(PolicyNames)), {
        then: ({ PolicyNames }) =>
          listOf(PolicyNames).map((PolicyName) =>
            look(
              "GetRolePolicy",
              { RoleName, PolicyName },
              ({ PolicyDocument }) => policyOf(PolicyDocument),
              {
                of: plainTextOf(PolicyName),
              },
            ),
          ),
      }),
      look(
        "ListAttachedRolePolicies",
        { RoleName },
        ({ AttachedPolicies }) => sorted(listOf(AttachedPolicies).map((one) => fieldsOf(one).PolicyArn)),
        {
          then: ({ AttachedPolicies }) =>
            listOf(AttachedPolicies)
              .map((one) => plainTextOf(fieldsOf(one).PolicyArn))
              .filter((policy) => policy.split(":")[4] === account)
              .map(ofAccount),
        },
      ),
      look("ListInstanceProfilesForRole", { RoleName }, ({ InstanceProfiles }) =>
        sorted(listOf(InstanceProfiles).map((one) => fieldsOf(one).Arn)),
      ),
    ],
  };
}

function tablePart(ResourceArn: string, region: string): OwnPart {
  const look = looksAt("dynamodb", region);
  const TableName = nameInArn(ResourceArn);
  return {
    name: `table ${TableName}`,
    means: "from now on findings may be forgotten, handled twice, or changed by others",
    looks: [
      look("DescribeTable", { TableName }, ({ Table }) => ({
        ...picked(Table, [
          "DeletionProtectionEnabled",
          "GlobalTableSettingsReplicationMode",
          "KeySchema",
          "MultiRegionConsistency",
          "OnDemandThroughput",
          "StreamSpecification",
        ]),
        ...capacityOf(Table),
        billing: fieldsOf(fieldsOf(Table).BillingModeSummary).BillingMode,
        class: fieldsOf(fieldsOf(Table).TableClassSummary).TableClass,
        key: fieldsOf(fieldsOf(Table).SSEDescription).KMSMasterKeyArn,
        indexes: sorted(listOf(fieldsOf(Table).GlobalSecondaryIndexes).map(indexOf)),
        replicas: sorted(listOf(fieldsOf(Table).Replicas).map((one) => fieldsOf(one).RegionName)),
        vectors: sorted(listOf(fieldsOf(Table).VectorIndexes).map((one) => fieldsOf(one).IndexName)),
        witnesses: sorted(
          listOf(fieldsOf(Table).GlobalTableWitnesses).map((one) => fieldsOf(one).RegionName),
        ),
      })),
      look("GetResourcePolicy", { ResourceArn }, ({ Policy }) => policyOf(Policy)),
      look("DescribeTimeToLive", { TableName }, (answer) =>
        timeToLiveOf(fieldsOf(answer.TimeToLiveDescription)),
      ),
      look(
        "DescribeContinuousBackups",
        { TableName },
        ({ ContinuousBackupsDescription }) =>
          fieldsOf(fieldsOf(ContinuousBackupsDescription).PointInTimeRecoveryDescription)
            .PointInTimeRecoveryStatus,
      ),
    ],
  };
}

/** An index that is too narrow throttles the table, and one on an attribute of another type refuses its writes. */
function indexOf(index: unknown): Record<string, unknown> {
  return {
    ...picked(index, ["IndexName", "KeySchema", "OnDemandThroughput", "Projection"]),
    ...capacityOf(index),
  };
}

/** What is provisioned; nothing on demand. */
function capacityOf(of: unknown): Record<string, unknown> {
  return picked(fieldsOf(of).ProvisionedThroughput, ["ReadCapacityUnits", "WriteCapacityUnits"]);
}

/** It is being enabled for up to an hour after a deployment. */
function timeToLiveOf({ AttributeName, TimeToLiveStatus }: Record<string, unknown>): unknown {
  return { attribute: AttributeName, enabled: /^ENABL/.test(plainTextOf(TimeToLiveStatus)) };
}

function queuePart(arn: string, region: string, means: string): OwnPart {
  // A message that is too large for the queue, or hidden in it for hours, is as good as lost.
  const kept = [
    "DelaySeconds",
    "KmsDataKeyReusePeriodSeconds",
    "KmsMasterKeyId",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds",
    "RedriveAllowPolicy",
    "RedrivePolicy",
    "SqsManagedSseEnabled",
    "VisibilityTimeout",
  ];
  return {
    name: `queue ${nameInArn(arn)}`,
    means,
    looks: [
      looksAt("sqs", region)(
        "GetQueueAttributes",
        { QueueUrl: queueUrlOf(arn), AttributeNames: ["Policy", ...kept] },
        ({ Attributes }) => ({
          policy: policyOf(fieldsOf(Attributes).Policy),
          ...picked(Attributes, kept),
        }),
      ),
    ],
  };
}

/** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html */
function queueUrlOf(arn: string): string {
  const [, partition, , region, account, name] = arn.split(":");
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://sqs.${region}.${domain}/${account}/${name}`;
}

function logGroupPart(arn: string, region: string): OwnPart {
  const look = looksAt("logs", region);
  const logGroupName = arn.split(":").slice(6).join(":");
  return {
    name: `log group ${logGroupName}`,
    means:
      "from now on nobody may see what the function did, and its silence may be reported late or wrongly",
    looks: [
      look("DescribeLogGroups", { logGroupNamePrefix: logGroupName }, ({ logGroups }) => {
        const group = listOf(logGroups).find((one) => fieldsOf(one).logGroupName === logGroupName);
        if (group === undefined) return undefined;
        return picked(group, ["retentionInDays", "kmsKeyId", "dataProtectionStatus", "logGroupClass"]);
      }),
      look("DescribeSubscriptionFilters", { logGroupName }, ({ subscriptionFilters }) =>
        sorted(
          listOf(subscriptionFilters).map((one) =>
            picked(one, ["filterName", "filterPattern", "destinationArn", "roleArn"]),
          ),
        ),
      ),
    ],
  };
}

/** What it made of its template is AWS's; changes of that past the stack are reported as they are made. */
function stackPart(StackName: string, region: string): OwnPart {
  const look = looksAt("cloudformation", region);
  return {
    name: `stack ${StackName}`,
    means: roomUnsure,
    looks: [
      look("DescribeStacks", { StackName }, ({ Stacks }) =>
        listOf(Stacks).map((stack) => ({
          ...picked(stack, ["RoleARN"]),
          isThere: !/^DELETE|FAILED$/.test(plainTextOf(fieldsOf(stack).StackStatus)),
        })),
      ),
      look("GetTemplate", { StackName }, ({ TemplateBody }) => policyOf(TemplateBody)),
    ],
  };
}

function machinePart(stateMachineArn: string, region: string): OwnPart {
  return {
    name: `state machine ${nameInArn(stateMachineArn)}`,
    means: pastUnsure,
    looks: [
      looksAt("stepfunctions", region)("DescribeStateMachine", { stateMachineArn }, (answer) => ({
        ...picked(answer, ["encryptionConfiguration", "roleArn", "status", "type"]),
        logging: fieldsOf(answer.loggingConfiguration).level,
        tracing: fieldsOf(answer.tracingConfiguration).enabled,
        definition: policyOf(answer.definition),
      })),
    ],
  };
}

/** @param EventBusName where the rule is; the default bus if omitted */
function ruleLooks(Name: string, region: string, EventBusName?: string): Look[] {
  const look = looksAt("events", region);
  const bus = EventBusName === undefined ? {} : { EventBusName };
  return [
    look(
      "DescribeRule",
      { Name, ...bus },
      (answer) => picked(answer, ["EventPattern", "RoleArn", "ScheduleExpression", "State"]),
      { of: Name },
    ),
    look("ListTargetsByRule", { Rule: Name, ...bus }, ({ Targets }) => sorted(listOf(Targets)), { of: Name }),
  ];
}

function rulePart(name: string, region: string, means: string): OwnPart {
  return {
    name: `rule ${name}`,
    means,
    looks: ruleLooks(name, region),
  };
}

/** All rules of the second path, or of the fast one, on one bus. */
function rulesPart(
  watch: string,
  region: string,
  EventBusName?: string,
  means: string = nobodyWatches,
): OwnPart {
  const bus = EventBusName === undefined ? {} : { EventBusName };
  const namesOf = ({ Rules }: Record<string, unknown>) =>
    listOf(Rules).flatMap((rule) => textOf(fieldsOf(rule).Name) ?? []);
  return {
    name: `rules ${watch}${watchSeparator}* (${EventBusName === undefined ? region : `bus ${EventBusName}`})`,
    means,
    looks: [
      looksAt("events", region)(
        "ListRules",
        { NamePrefix: `${watch}${watchSeparator}`, ...bus },
        (answer) => namesOf(answer).sort(),
        { then: (answer) => namesOf(answer).flatMap((name) => ruleLooks(name, region, EventBusName)) },
      ),
    ],
  };
}

function busPart(Name: string, region: string, means: string): OwnPart {
  return {
    name: `bus ${Name}`,
    means,
    looks: [
      looksAt("events", region)("DescribeEventBus", { Name }, ({ Arn, Policy, ...answer }) => ({
        arn: Arn,
        policy: policyOf(Policy),
        ...picked(answer, ["DeadLetterConfig", "KmsKeyIdentifier", "LogConfig"]),
      })),
    ],
  };
}

/**
 * The bus that gets every finding, and all rules on it: one that somebody added takes findings elsewhere. What they send to is
 * seen from their targets.
 */
function findingsParts(bus: string, region: string): OwnPart[] {
  const look = looksAt("events", region);
  const namesOf = ({ Rules }: Record<string, unknown>) =>
    listOf(Rules).flatMap((rule) => textOf(fieldsOf(rule).Name) ?? []);
  const rules = look(
    "ListRules",
    { EventBusName: bus },
    (answer) => ({
      rules: namesOf(answer).sort(),
      ...(answer.NextToken === undefined ? {} : { more: true }),
    }),
    {
      then: (answer) =>
        namesOf(answer).flatMap((name) =>
          ruleLooks(name, region, bus).map((one) =>
            one.call.operation === "ListTargetsByRule" ? { ...one, then: senderLooks(look) } : one,
          ),
        ),
    },
  );
  return [
    busPart(bus, region, nobodyPasses),
    { name: `rules * (bus ${bus})`, means: nobodyPasses, looks: [rules] },
  ];
}

/** The API destinations that a rule's targets are, and their connections: addresses by hash, secrets by when they changed. */
function senderLooks(look: LookMaker): NonNullable<Look["then"]> {
  const connection = (arn: string) => {
    const Name = arn.split("/")[1] ?? "";
    return look(
      "DescribeConnection",
      { Name },
      (answer) => ({
        ...picked(answer, ["AuthorizationType", "ConnectionState", "LastModifiedTime", "SecretArn"]),
        is: hashOf(answer.AuthParameters ?? {}),
      }),
      { of: Name },
    );
  };
  const destination = (arn: string) => {
    const Name = arn.split("/")[1] ?? "";
    return look(
      "DescribeApiDestination",
      { Name },
      (answer) => ({
        ...picked(answer, [
          "ApiDestinationState",
          "ConnectionArn",
          "HttpMethod",
          "InvocationRateLimitPerSecond",
        ]),
        endpoint: hashOf(answer.InvocationEndpoint ?? ""),
      }),
      {
        of: Name,
        then: ({ ConnectionArn }) => {
          const connected = plainTextOf(ConnectionArn);
          return connected === "" ? [] : [connection(connected)];
        },
      },
    );
  };
  return ({ Targets }) =>
    listOf(Targets)
      .map((target) => plainTextOf(fieldsOf(target).Arn))
      .filter((arn) => arn.includes(":api-destination/"))
      .map(destination);
}

/** The fast path, which brings records within seconds: its rules in each region, and on the bus to which they forward. */
function fastParts(fast: string, region: string, regions: string[]): OwnPart[] {
  return [
    ...regions.map((one) => sendingPart(fast, one)),
    rulesPart(fast, region, fast, slower),
    busPart(fast, region, slower),
  ];
}

/** The rules of a region that send records. */
export function sendingPart(fast: string, region: string): OwnPart {
  return rulesPart(fast, region, undefined, slower);
}

/** The second path, which reports what the function cannot: its rules, here and in the region of IAM's events, and its alarms. */
function watchParts(watch: string, region: string): OwnPart[] {
  const away = iamRegionOf(region);
  return [
    rulesPart(watch, region),
    ...(away === region ? [] : [rulesPart(watch, away)]),
    rulesPart(watch, region, watch),
    busPart(watch, region, nobodyWatches),
    {
      name: `alarms ${watch}${watchSeparator}*`,
      means: nobodyWatches,
      looks: [
        looksAt("cloudwatch", region)(
          "DescribeAlarms",
          { AlarmNamePrefix: `${watch}${watchSeparator}` },
          ({ MetricAlarms }) =>
            sorted(
              listOf(MetricAlarms).map((alarm) => ({
                alarm: fieldsOf(alarm).AlarmName,
                actions: fieldsOf(alarm).ActionsEnabled,
                is: hashOf([
                  picked(alarm, [
                    "AlarmDescription",
                    "ComparisonOperator",
                    "DatapointsToAlarm",
                    "EvaluateLowSampleCountPercentile",
                    "EvaluationCriteria",
                    "EvaluationInterval",
                    "EvaluationPeriods",
                    "EvaluationWindow",
                    "ExtendedStatistic",
                    "MetricName",
                    "Metrics",
                    "Namespace",
                    "Period",
                    "Statistic",
                    "Threshold",
                    "ThresholdMetricId",
                    "TreatMissingData",
                    "Unit",
                    "WarmUpConfiguration",
                  ]),
                  sorted(listOf(fieldsOf(alarm).AlarmActions)),
                  sorted(listOf(fieldsOf(alarm).InsufficientDataActions)),
                  sorted(listOf(fieldsOf(alarm).OKActions)),
                  sorted(listOf(fieldsOf(alarm).Dimensions)),
                ]),
              })),
            ),
        ),
      ],
    },
  ];
}

/** Parts that are read at a time. */
const atATime = 4;

/**
 * The state of every part, by its name. A denied read is a state, too, which differs from what a deployment saw.
 *
 * @throws a passing error: then the state is unknown
 */
export async function stateOfParts(
  settings: OwnPartSettings,
  aws: CallAws,
): Promise<Record<string, PartState>> {
  const states: Record<string, PartState> = {};
  const results = await forEachAtMost(atATime, ownPartsOf(settings), async ({ name, looks }) => {
    states[name] = await stateOf(looks, aws);
  });
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return states;
}

/** The state of one part. @throws a passing error */
export async function stateOf(looks: Look[], aws: CallAws): Promise<PartState> {
  const state: PartState = {};
  const left = [...looks];
  for (let look = left.shift(); look !== undefined; look = left.shift()) {
    const { call, of, keep, then } = look;
    const key = of === undefined ? call.operation : `${call.operation} ${of}`;
    try {
      const answer = await aws(call);
      // As the table will return it: without undefined members, dates as text.
      state[key] = JSON.parse(JSON.stringify(keep(answer) ?? missing)) as unknown;
      left.push(...(then?.(answer) ?? []));
    } catch (error) {
      state[key] = refusalOf(error);
    }
  }
  return state;
}

/** @throws a passing error */
function refusalOf(error: unknown): string {
  if (isPassing(error)) throw error;
  const code = textOf((error as { name?: unknown }).name) ?? "Error";
  return /NotFound|NoSuch|NonExistent|Nonexistent|DoesNotExist/.test(code)
    ? missing
    : `${unreadable}${code})`;
}

/** Whether AWS denied the read of a part. */
export function isUnreadable(state: unknown): boolean {
  return whyUnreadable(state) !== undefined;
}

/** The name of the error with which AWS denied the read of a part; undefined if it did not. */
export function whyUnreadable(state: unknown): string | undefined {
  const text = textOf(state);
  return text?.startsWith(unreadable) === true ? text.slice(unreadable.length, -1) : undefined;
}
