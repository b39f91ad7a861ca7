import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { type Owner, type Scenario, type Step } from "../scenario";

const to =
  (service: string) =>
  (operation: string, input: Record<string, unknown>): Step => ({ service, operation, input });
const cloudtrail = to("cloudtrail");
const config = to("configservice");
const ec2 = to("ec2");
const events = to("events");
const wafv2 = to("wafv2");
const s3 = to("s3");
const sns = to("sns");
const cloudwatch = to("cloudwatch");
const bedrock = to("bedrock");
const kms = to("kms");

const bucketOf = (name: string) => `logs-${name}`.slice(0, 60);

async function makeBucket(owner: Owner, Bucket: string): Promise<void> {
  const CreateBucketConfiguration = { LocationConstraint: "us-west-2" };
  await owner(s3("CreateBucket", { Bucket, CreateBucketConfiguration }));
}

/** A trail with all that one can have. */
async function makeTrail(owner: Owner, Name: string): Promise<string> {
  await makeBucket(owner, bucketOf(Name));
  for (const topic of [`of-${Name}`, "theirs"]) await owner(sns("CreateTopic", { Name: topic }));
  await owner(
    cloudtrail("CreateTrail", {
      Name,
      S3BucketName: bucketOf(Name),
      S3KeyPrefix: "trail",
      SnsTopicName: `of-${Name}`,
      KmsKeyId: "arn:aws:kms:us-west-2:111122223333:key/00000000-1111-4222-8333-444444444444",
      CloudWatchLogsLogGroupArn: `arn:aws:logs:us-west-2:111122223333:log-group:${Name}:*`,
      CloudWatchLogsRoleArn: "arn:aws:iam::111122223333:role/trail",
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      TagsList: [{ Key: "team", Value: "red" }],
    }),
  );
  await owner(cloudtrail("PutEventSelectors", { TrailName: Name, EventSelectors: [all] }));
  await owner(
    cloudtrail("PutInsightSelectors", {
      TrailName: Name,
      InsightSelectors: [{ InsightType: "ApiCallRateInsight" }],
    }),
  );
  await owner(cloudtrail("StartLogging", { Name }));
  return Name;
}

const data = [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::data/"] }];
const all = { ReadWriteType: "All", IncludeManagementEvents: true, DataResources: data };

const trailState = (Name: string): Step[] => [
  cloudtrail("GetTrail", { Name }),
  cloudtrail("GetEventSelectors", { TrailName: Name }),
  cloudtrail("GetInsightSelectors", { TrailName: Name }),
  cloudtrail("GetTrailStatus", { Name }),
  cloudtrail("ListTags", { ResourceIdList: [`arn:aws:cloudtrail:us-west-2:111122223333:trail/${Name}`] }),
];

/** GetTrailStatus also returns times. */
const times = [
  "StartLoggingTime",
  "StopLoggingTime",
  "TimeLoggingStarted",
  "TimeLoggingStopped",
  "LatestDeliveryTime",
  "LatestDeliveryAttemptTime",
  "LatestDeliveryAttemptSucceeded",
];

const trailDeleted: Scenario<string> = {
  id: "cloudtrail-trail-deleted",
  make: makeTrail,
  attack: (Name) => cloudtrail("DeleteTrail", { Name }),
  state: trailState,
  anew: times,
  baseline: (name) => ({ kind: baselineKinds.trail, id: name }),
};

const loggingStopped: Scenario<string> = {
  id: "cloudtrail-logging-stopped",
  make: makeTrail,
  attack: (Name) => cloudtrail("StopLogging", { Name }),
  state: trailState,
  anew: times,
};

const keptTrail = (id: string) => ({ kind: baselineKinds.trail, id });

/** What blinds a trail, and stands in no log file once it was stopped. */
const blinded = (TrailName: string): Step[] => [
  cloudtrail("PutEventSelectors", {
    TrailName,
    EventSelectors: [{ ...all, IncludeManagementEvents: false }],
  }),
  cloudtrail("PutInsightSelectors", { TrailName, InsightSelectors: [] }),
  cloudtrail("UpdateTrail", {
    Name: TrailName,
    SnsTopicName: "theirs",
    S3KeyPrefix: "elsewhere",
    KmsKeyId: "",
    EnableLogFileValidation: false,
  }),
];

const stoppedAndBlinded: Scenario<string> = {
  ...loggingStopped,
  what: "stopped, and blinded while nobody saw it",
  unseen: blinded,
  baseline: keptTrail,
};

const stoppedAndStarted: Scenario<string> = {
  ...stoppedAndBlinded,
  what: "stopped, blinded, and started again",
  unseen: (Name) => [...blinded(Name), cloudtrail("StartLogging", { Name })],
};

const trailReplaced: Scenario<string> = {
  ...trailDeleted,
  what: "deleted, and made again with less",
  unseen: (Name) => [
    cloudtrail("CreateTrail", {
      Name,
      S3BucketName: bucketOf(Name),
      TagsList: [{ Key: "team", Value: "red" }],
    }),
    cloudtrail("StartLogging", { Name }),
  ],
};

/** A key, and another that is disabled and stays so. */
async function makeKeys(owner: Owner): Promise<string[]> {
  const made = [];
  for (const Description of ["ours", "neighbour"]) {
    const { KeyMetadata } = await owner(kms("CreateKey", { Description }));
    made.push((KeyMetadata as { KeyId: string }).KeyId);
  }
  await owner(kms("DisableKey", { KeyId: made[1] }));
  return made;
}

const keyState = (keys: string[]) => keys.map((KeyId) => kms("DescribeKey", { KeyId }));

const keyDisabled: Scenario<string[]> = {
  id: "kms-key-disabled-or-deletion",
  what: "disabled",
  make: makeKeys,
  attack: ([KeyId]) => kms("DisableKey", { KeyId }),
  state: keyState,
};

const keyDeletion: Scenario<string[]> = {
  ...keyDisabled,
  what: "to be deleted",
  attack: ([KeyId]) => kms("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }),
  anew: ["DeletionDate"],
  baseline: ([KeyId = ""]) => ({ kind: baselineKinds.key, id: KeyId }),
};

const unknownKeyDeletion: Scenario<string[]> = {
  ...keyDeletion,
  what: "to be deleted, and nobody knows how it was",
  baseline: undefined,
  // It is unknown whether it was enabled, so it stays disabled.
  contains: true,
};

const disabledKeyDeletion: Scenario<string[]> = {
  ...keyDisabled,
  what: "to be deleted, after its owner had disabled it",
  async make(owner) {
    const keys = await makeKeys(owner);
    await owner(kms("DisableKey", { KeyId: keys[0] }));
    return keys;
  },
  attack: keyDeletion.attack,
  anew: ["DeletionDate"],
  baseline: keyDeletion.baseline,
};

const trailWeakened: Scenario<string> = {
  id: "cloudtrail-trail-weakened",
  make: makeTrail,
  attack: (Name) =>
    cloudtrail("UpdateTrail", { Name, EnableLogFileValidation: false, IsMultiRegionTrail: false }),
  state: trailState,
  anew: times,
};

const trailMoved: Scenario<string> = {
  ...trailWeakened,
  what: "moved to another bucket",
  async make(owner, name) {
    await makeTrail(owner, name);
    await makeBucket(owner, `theirs-${name}`.slice(0, 60));
    return name;
  },
  attack: (Name) => cloudtrail("UpdateTrail", { Name, S3BucketName: `theirs-${Name}`.slice(0, 60) }),
  baseline: (name) => ({ kind: baselineKinds.trail, id: name }),
};

const trailRedirected: Scenario<string> = {
  ...trailWeakened,
  what: "moved to another topic and prefix, without its key and log group",
  attack: (Name) =>
    cloudtrail("UpdateTrail", {
      Name,
      SnsTopicName: "theirs",
      S3KeyPrefix: "elsewhere",
      KmsKeyId: "",
      CloudWatchLogsLogGroupArn: "",
      CloudWatchLogsRoleArn: "",
    }),
  baseline: keptTrail,
};

const selectors: Scenario<string> = {
  id: "cloudtrail-event-selectors-weakened",
  make: makeTrail,
  attack: (TrailName) =>
    cloudtrail("PutEventSelectors", {
      TrailName,
      EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: false, DataResources: data }],
    }),
  state: trailState,
  anew: times,
  baseline: (name) => ({ kind: baselineKinds.trail, id: name }),
};

const lifecycle: Scenario<string> = {
  id: "cloudtrail-bucket-short-lifecycle",
  async make(owner, name) {
    const Bucket = `cloudtrail-${name}`.slice(0, 60);
    await makeBucket(owner, Bucket);
    await owner(putLifecycle(Bucket, keep));
    return Bucket;
  },
  attack: (Bucket) => putLifecycle(Bucket, keep, { ...keep, ID: "soon", Expiration: { Days: 1 } }),
  state: (Bucket) => [s3("GetBucketLifecycleConfiguration", { Bucket })],
};
const keep = { ID: "keep", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 400 } };
const putLifecycle = (Bucket: string, ...Rules: object[]) =>
  s3("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules } });

const accessLogging: Scenario<string> = {
  id: "s3-access-logging-disabled",
  async make(owner, name) {
    const Bucket = name.slice(0, 60);
    await makeBucket(owner, Bucket);
    await makeBucket(owner, `to-${Bucket}`.slice(0, 60));
    const LoggingEnabled = { TargetBucket: `to-${Bucket}`.slice(0, 60), TargetPrefix: "access/" };
    await owner(s3("PutBucketLogging", { Bucket, BucketLoggingStatus: { LoggingEnabled } }));
    return Bucket;
  },
  attack: (Bucket) => s3("PutBucketLogging", { Bucket, BucketLoggingStatus: {} }),
  state: (Bucket) => [s3("GetBucketLogging", { Bucket })],
  baseline: (Bucket) => ({ kind: baselineKinds.bucketLogging, id: Bucket }),
};

const ruleDeleted: Scenario<string> = {
  id: "config-recorder-or-channel-deleted",
  what: "rule",
  async make(owner, ConfigRuleName) {
    const Source = { Owner: "AWS", SourceIdentifier: "IAM_USER_MFA_ENABLED" };
    await owner(config("PutConfigRule", { ConfigRule: { ConfigRuleName, Source } }));
    return ConfigRuleName;
  },
  attack: (ConfigRuleName) => config("DeleteConfigRule", { ConfigRuleName }),
  state: () => [config("DescribeConfigRules", {})],
  anew: ["ConfigRuleId", "ConfigRuleArn"],
  baseline: (name) => ({ kind: baselineKinds.configRule, id: name }),
};

const flowLogs: Scenario<{ vpc: string; ids: string[] }> = {
  id: "vpc-flow-logs-deleted",
  async make(owner) {
    const { Vpc } = await owner(ec2("CreateVpc", { CidrBlock: "10.9.0.0/16" }));
    const vpc = (Vpc as { VpcId: string }).VpcId;
    const create = (LogDestination: string) =>
      owner(
        ec2("CreateFlowLogs", {
          ResourceIds: [vpc],
          ResourceType: "VPC",
          TrafficType: "ALL",
          LogDestinationType: "s3",
          LogDestination,
          MaxAggregationInterval: 60,
          TagSpecifications: [{ ResourceType: "vpc-flow-log", Tags: [{ Key: "team", Value: "red" }] }],
        }),
      );
    const { FlowLogIds } = await create("arn:aws:s3:::flow-logs");
    await create("arn:aws:s3:::other-flow-logs");
    return { vpc, ids: FlowLogIds as string[] };
  },
  attack: ({ ids }) => ec2("DeleteFlowLogs", { FlowLogIds: ids }),
  state: ({ vpc }) => [ec2("DescribeFlowLogs", { Filter: [{ Name: "resource-id", Values: [vpc] }] })],
  anew: ["FlowLogId", "CreationTime"],
  baseline: ({ ids }) => ({ kind: baselineKinds.flowLog, id: String(ids[0]) }),
};

const rule: Scenario<string> = {
  id: "eventbridge-rule-disabled",
  async make(owner, Name) {
    await owner(events("PutRule", { Name, EventPattern: '{"source":["aws.iam"]}', State: "ENABLED" }));
    await owner(
      events("PutRule", { Name: `${Name}-off`, EventPattern: '{"source":["a"]}', State: "DISABLED" }),
    );
    return Name;
  },
  attack: (Name) => events("DisableRule", { Name }),
  state: (Name) => [events("DescribeRule", { Name }), events("DescribeRule", { Name: `${Name}-off` })],
};

/** A rule that alerts, with its target, which the system has seen. */
const alerting = (what: string, attack: (Rule: string) => Step): Scenario<string> => ({
  id: "eventbridge-rule-disabled",
  what,
  async make(owner, Name) {
    await owner(
      events("PutRule", { Name, EventPattern: '{"source":["aws.iam"]}', Description: "to the pager" }),
    );
    const Targets = ["1", "2"].map((Id) => ({ Id, Arn: `arn:aws:sqs:us-east-1:111122223333:pager-${Id}` }));
    await owner(events("PutTargets", { Rule: Name, Targets }));
    return Name;
  },
  attack,
  state: (Name) => [events("DescribeRule", { Name }), events("ListTargetsByRule", { Rule: Name })],
  anew: ["CreationTime", "LastModifiedTime"],
  baseline: (id) => ({ kind: baselineKinds.eventRule, id }),
});

const targetsRemoved = alerting("targets removed", (Rule) => events("RemoveTargets", { Rule, Ids: ["2"] }));
const eventRuleDeleted = alerting("deleted with its targets", (Name) => events("DeleteRule", { Name }));
const rulePut = alerting("put anew and disabled", (Name) =>
  events("PutRule", { Name, EventPattern: '{"source":["nothing"]}', State: "DISABLED" }),
);

const webAcl: Scenario<string> = {
  id: "waf-protection-removed",
  async make(owner, Name) {
    const { Summary } = await owner(
      wafv2("CreateWebACL", {
        Name,
        Scope: "REGIONAL",
        DefaultAction: { Allow: {} },
        VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "m" },
      }),
    );
    await owner(
      wafv2("AssociateWebACL", { WebACLArn: (Summary as { ARN: string }).ARN, ResourceArn: loadBalancer }),
    );
    return loadBalancer;
  },
  attack: (ResourceArn) => wafv2("DisassociateWebACL", { ResourceArn }),
  state: (ResourceArn) => [wafv2("GetWebACLForResource", { ResourceArn })],
  baseline: (arn) => ({ kind: baselineKinds.webAclAssociation, id: arn }),
};
const loadBalancer =
  "arn:aws:elasticloadbalancing:us-west-2:111122223333:loadbalancer/app/web/0123456789abcdef";

const alarm: Scenario<string> = {
  id: "cloudwatch-alarm-disabled",
  async make(owner, name) {
    for (const AlarmName of [name, `${name}-2`])
      await owner(
        cloudwatch("PutMetricAlarm", {
          AlarmName,
          ActionsEnabled: true,
          MetricName: "Errors",
          Namespace: "AWS/Lambda",
          Statistic: "Sum",
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: "GreaterThanThreshold",
        }),
      );
    return name;
  },
  attack: (name) => cloudwatch("DisableAlarmActions", { AlarmNames: [name] }),
  state: (name) => [cloudwatch("DescribeAlarms", { AlarmNames: [name, `${name}-2`] })],
  anew: ["AlarmConfigurationUpdatedTimestamp"],
};

const invocations: Scenario<void> = {
  id: "bedrock-invocation-logging-disabled",
  async make(owner) {
    const loggingConfig = { s3Config: { bucketName: "prompts" }, textDataDeliveryEnabled: true };
    await owner(bedrock("PutModelInvocationLoggingConfiguration", { loggingConfig }));
  },
  attack: () => bedrock("DeleteModelInvocationLoggingConfiguration", {}),
  state: () => [bedrock("GetModelInvocationLoggingConfiguration", {})],
  baseline: () => ({ kind: baselineKinds.invocationLogging, id: "account" }),
};

/** Services that record and protect. */
export const logging = [
  loggingStopped,
  stoppedAndBlinded,
  stoppedAndStarted,
  keyDisabled,
  keyDeletion,
  unknownKeyDeletion,
  disabledKeyDeletion,
  trailDeleted,
  trailReplaced,
  trailWeakened,
  trailMoved,
  trailRedirected,
  selectors,
  lifecycle,
  accessLogging,
  ruleDeleted,
  flowLogs,
  rule,
  targetsRemoved,
  eventRuleDeleted,
  rulePut,
  webAcl,
  alarm,
  invocations,
] as Scenario[];
