import { expect } from "chai";
import { baselineKinds } from "../../../handlers/baselines/kinds/index";
import { fixBedrockInvocationLoggingDisabled } from "../../../handlers/remediations/bedrock/bedrock-invocation-logging-disabled";
import { fixCloudwatchAlarmDisabled } from "../../../handlers/remediations/cloudwatch/cloudwatch-alarm-disabled";
import { fixEbsDefaultEncryptionDisabled } from "../../../handlers/remediations/ebs/ebs-default-encryption-disabled";
import { fixVpcFlowLogsDeleted } from "../../../handlers/remediations/vpc/vpc-flow-logs-deleted";
import { fixEksControlPlaneLoggingDisabled } from "../../../handlers/remediations/eks/eks-control-plane-logging-disabled";
import { fixEventbridgeRuleDisabled } from "../../../handlers/remediations/eventbridge/eventbridge-rule-disabled";
import { completedRollback } from "../../../handlers/remediations/receipt";
import type { Plan } from "../../../handlers/remediations/remediation";
import { fixCloudtrailBucketShortLifecycle } from "../../../handlers/remediations/cloudtrail/cloudtrail-bucket-short-lifecycle";
import { fixS3AccessLoggingDisabled } from "../../../handlers/remediations/s3/s3-access-logging-disabled";
import { fixWafProtectionRemoved } from "../../../handlers/remediations/waf/waf-protection-removed";
import type { Answers } from "../../support/factories";
import {
  callsOf,
  expectOutcome,
  expectPlan,
  failing,
  kept,
  planned,
  rollbackAfter,
} from "../../support/planning";
import { plannedFor } from "./support/attack";

const awsRegion = "eu-west-1";

describe("remediate vpc-flow-logs-deleted", () => {
  const deleted = (content: unknown) => ({
    eventName: "DeleteFlowLogs",
    awsRegion,
    requestParameters: { DeleteFlowLogsRequest: { FlowLogId: content } },
  });
  const flowLog = (own: object = {}) => ({
    FlowLogId: "fl-1",
    ResourceId: "vpc-1",
    TrafficType: "ALL",
    LogDestinationType: "s3",
    LogDestination: "arn:aws:s3:::flow-logs",
    LogFormat: "${version} ${srcaddr}",
    MaxAggregationInterval: 60,
    FlowLogStatus: "ACTIVE",
    CreationTime: "2026-01-01T00:00:00Z",
    Tags: [
      { Key: "aws:cloudformation:stack-name", Value: "net" },
      { Key: "team", Value: "red" },
    ],
    ...own,
  });
  const live = (...FlowLogs: object[]) => ({ "ec2:DescribeFlowLogs": { FlowLogs } });
  const baseline = (id: string, own: object = {}) =>
    kept(baselineKinds.flowLog, awsRegion, id, { DescribeFlowLogs: { FlowLogs: [flowLog(own)] } });

  it("makes each again from its baseline, and would delete it by its new id", async () => {
    const plan = await planned(
      fixVpcFlowLogsDeleted,
      deleted([
        { tag: 1, content: "fl-1" },
        { tag: 2, content: "fl-2" },
        { tag: 3, content: "fl-3" },
      ]),
      {
        aws: live(),
        baselines: {
          ...baseline("fl-1", {
            Tags: [
              { Key: "aws:cloudformation:stack-name", Value: "network" },
              { Key: "team", Value: "red" },
            ],
          }),
          ...baseline("fl-2", {
            ResourceId: "tgw-1",
            LogDestinationType: "cloud-watch-logs",
            LogGroupName: "flow",
            LogDestination: "arn:aws:logs:eu-west-1:111122223333:log-group:flow",
            DeliverLogsPermissionArn: "arn:aws:iam::111122223333:role/flow",
            Tags: [],
          }),
        },
      },
    );
    expectPlan(
      plan,
      [
        [
          "CreateFlowLogs",
          {
            ResourceIds: ["vpc-1"],
            ResourceType: "VPC",
            TrafficType: "ALL",
            LogDestinationType: "s3",
            LogDestination: "arn:aws:s3:::flow-logs",
            LogFormat: "${version} ${srcaddr}",
            MaxAggregationInterval: 60,
            TagSpecifications: [{ ResourceType: "vpc-flow-log", Tags: [{ Key: "team", Value: "red" }] }],
          },
        ],
        [
          "CreateFlowLogs",
          {
            ResourceIds: ["tgw-1"],
            ResourceType: "TransitGateway",
            LogDestinationType: "cloud-watch-logs",
            LogGroupName: "flow",
            DeliverLogsPermissionArn: "arn:aws:iam::111122223333:role/flow",
            LogFormat: "${version} ${srcaddr}",
            MaxAggregationInterval: 60,
          },
        ],
      ],
      [
        ["DeleteFlowLogs", {}],
        ["DeleteFlowLogs", {}],
      ],
    );
    expect(
      completedRollback(plan as Plan, [{ FlowLogIds: ["fl-8"] }, { FlowLogIds: ["fl-9"] }]).map(
        ({ input }) => input,
      ),
    ).to.deep.equal([{ FlowLogIds: ["fl-9"] }, { FlowLogIds: ["fl-8"] }]);
  });

  it("says why not otherwise", async () => {
    const one = deleted({ tag: 1, content: "fl-1" });
    expectOutcome(await planned(fixVpcFlowLogsDeleted, one, { aws: live() }), "needs-baseline");
    const again = live(flowLog({ FlowLogId: "fl-7", Tags: [] }));
    expectOutcome(
      await planned(fixVpcFlowLogsDeleted, one, { aws: again, baselines: baseline("fl-1") }),
      "already-ok",
    );
    expectOutcome(await planned(fixVpcFlowLogsDeleted, deleted(undefined)), "refused");
  });
});

describe("remediate ebs-default-encryption-disabled", () => {
  const record = { eventName: "DisableEbsEncryptionByDefault", awsRegion, requestParameters: {} };
  const live = (EbsEncryptionByDefault: boolean) => ({
    aws: { "ec2:GetEbsEncryptionByDefault": { EbsEncryptionByDefault } },
  });

  it("enables it, unless it is", async () => {
    const plan = await planned(fixEbsDefaultEncryptionDisabled, record, live(false));
    expectPlan(plan, [["EnableEbsEncryptionByDefault", {}]], [["DisableEbsEncryptionByDefault", {}]]);
    expect((plan as Plan).calls[0]?.region).to.equal(awsRegion);
    expectOutcome(await planned(fixEbsDefaultEncryptionDisabled, record, live(true)), "already-ok");
  });
});

describe("remediate eventbridge-rule-disabled", () => {
  const record = {
    eventName: "DisableRule",
    awsRegion,
    requestParameters: { name: "watch", eventBusName: "security" },
  };
  const rule = (answer: Answers[string]) => ({ aws: { "events:DescribeRule": answer } });
  const input = { Name: "watch", EventBusName: "security" };

  it("enables the rule on its bus", async () => {
    expectPlan(
      await planned(fixEventbridgeRuleDisabled, record, rule({ State: "DISABLED" })),
      [["EnableRule", input]],
      [["DisableRule", input]],
    );
  });

  it("says why not otherwise", async () => {
    expectOutcome(
      await planned(fixEventbridgeRuleDisabled, record, rule({ State: "ENABLED" })),
      "already-ok",
    );
    expectOutcome(
      await planned(fixEventbridgeRuleDisabled, record, rule(failing("ResourceNotFoundException"))),
      "changed-since",
    );
  });

  const before = {
    EventPattern: '{"source":["aws.guardduty"]}',
    State: "ENABLED",
    Description: "to the pager",
  };
  const Targets = [
    { Id: "1", Arn: `arn:aws:sns:${awsRegion}:111122223333:pager` },
    {
      Id: "2",
      Arn: `arn:aws:events:${awsRegion}:111122223333:event-bus/x`,
      RoleArn: "arn:aws:iam::111122223333:role/r",
    },
  ];
  const ofTargets = { Rule: "watch", EventBusName: "security" };
  const keptAs = (DescribeRule: object | undefined, targets: object[] = Targets) =>
    kept(
      baselineKinds.eventRule,
      awsRegion,
      "security/watch",
      DescribeRule === undefined ? {} : { DescribeRule, ListTargetsByRule: { Targets: targets } },
    );
  const attack = (
    eventName: string,
    live: Answers[string],
    baselines: Record<string, unknown>,
    requestParameters: object = record.requestParameters,
    targets: object[] = [],
  ) =>
    planned(
      fixEventbridgeRuleDisabled,
      { eventName, awsRegion, requestParameters: requestParameters as Record<string, unknown> },
      { aws: { "events:DescribeRule": live, "events:ListTargetsByRule": { Targets: targets } }, baselines },
    );
  const deleted = failing("ResourceNotFoundException");

  it("enables a rule as it was enabled before, and leaves one that was not", async () => {
    const State = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    const disabled = { ...before, State: "DISABLED" };
    expectPlan(
      await attack("DisableRule", disabled, keptAs({ ...before, State })),
      [["PutRule", { ...input, ...before, State }]],
      [["DisableRule", input]],
    );
    expectOutcome(await attack("DisableRule", disabled, keptAs(disabled)), "already-ok");
  });

  it("makes a deleted rule again, with its targets", async () => {
    expectPlan(
      await attack("DeleteRule", deleted, keptAs(before)),
      [
        ["PutRule", { ...input, ...before }],
        ...Targets.map((target) => ["PutTargets", { ...ofTargets, Targets: [target] }]),
      ],
      [
        ["RemoveTargets", { ...ofTargets, Ids: ["2"] }],
        ["RemoveTargets", { ...ofTargets, Ids: ["1"] }],
        ["DeleteRule", input],
      ],
    );
    expectPlan(
      await attack("DeleteRule", deleted, keptAs(before, [])),
      [["PutRule", { ...input, ...before }]],
      [["DeleteRule", input]],
    );
    expectOutcome(await attack("DeleteRule", before, keptAs(before)), "already-ok");
    for (const unknown of [{}, keptAs(undefined)])
      expectOutcome(await attack("DeleteRule", deleted, unknown), "needs-baseline");
  });

  it("gives a rule the targets again that were removed, and no others", async () => {
    const removed = { rule: "watch", eventBusName: "security", ids: ["2", "gone before"] };
    const plan = (live: Answers[string], baselines: Record<string, unknown>, targets = Targets.slice(0, 1)) =>
      attack("RemoveTargets", live, baselines, removed, targets);
    expectPlan(
      await plan(before, keptAs(before)),
      [["PutTargets", { ...ofTargets, Targets: Targets.slice(1) }]],
      [["RemoveTargets", { ...ofTargets, Ids: ["2"] }]],
    );
    expectOutcome(await plan(before, {}), "needs-baseline");
    expectOutcome(await plan(before, keptAs(before, [])), "already-ok");
    expectOutcome(await plan(deleted, keptAs(before)), "changed-since");
  });

  it("takes an answer that lists failed targets for a failure", async () => {
    const plan = await attack("DeleteRule", deleted, keptAs(before));
    const calls = "outcome" in plan ? [] : plan.calls;
    const failures = ["FailedEntries", "FailedEntries"];
    expect(calls.map(({ failuresIn }) => failuresIn)).to.deep.equal([undefined, ...failures]);
    expect(rollbackAfter(plan, 2), "the second target could not be put").to.deep.equal([
      ["RemoveTargets", { ...ofTargets, Ids: ["1"] }],
      ["DeleteRule", input],
    ]);
  });

  it("makes a rule that was put anew and disabled again what it was", async () => {
    const eventPattern = '{"source":["nothing"]}';
    const put = { ...record.requestParameters, eventPattern, state: "DISABLED" };
    const live = { EventPattern: eventPattern, State: "DISABLED" };
    const plan = (now: Answers[string], baselines: Record<string, unknown>) =>
      attack("PutRule", now, baselines, put);
    expectPlan(
      await plan(live, keptAs(before)),
      [["PutRule", { ...input, ...before }]],
      [["PutRule", { ...input, ...live }]],
    );
    expectOutcome(await plan(live, {}), "needs-baseline");
    expectOutcome(await plan(live, keptAs(undefined)), "already-ok");
    expectOutcome(await plan(live, keptAs({ ...before, State: "DISABLED" })), "already-ok");
    expectOutcome(await plan({ ...live, EventPattern: "{}" }, keptAs(before)), "changed-since");
    expectOutcome(await plan({ ...live, State: "ENABLED" }, keptAs(before)), "already-ok");
    expectOutcome(await plan(deleted, keptAs(before)), "changed-since");
  });
});

describe("remediate waf-protection-removed", () => {
  const resourceArn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1";
  const acl = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/1";
  const removed = (service: string, eventName: string, own: object = { resourceArn }) => ({
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion,
    requestParameters: own,
  });

  describe("DisassociateWebACL", () => {
    const record = removed("wafv2", "DisassociateWebACL");
    const answer = (ARN: string) => ({ WebACL: { ARN } });
    const live = (found: Answers[string]) => ({ "wafv2:GetWebACLForResource": found });
    const baselines = kept(baselineKinds.webAclAssociation, awsRegion, resourceArn, {
      GetWebACLForResource: answer(acl),
    });

    it("associates the baseline's web ACL again", async () => {
      expectPlan(
        await planned(fixWafProtectionRemoved, record, { aws: live({}), baselines }),
        [["AssociateWebACL", { WebACLArn: acl, ResourceArn: resourceArn }]],
        [["DisassociateWebACL", { ResourceArn: resourceArn }]],
      );
    });

    it("says why not otherwise", async () => {
      expectOutcome(
        await planned(fixWafProtectionRemoved, record, { aws: live(answer(acl)), baselines }),
        "already-ok",
      );
      expectOutcome(
        await planned(fixWafProtectionRemoved, record, { aws: live(answer(`${acl}2`)), baselines }),
        "changed-since",
      );
      expectOutcome(await planned(fixWafProtectionRemoved, record, { aws: live({}) }), "needs-baseline");
    });

    it("asks nothing of WAF Classic, which has ended", async () => {
      const classic = removed("waf-regional", "DisassociateWebACL");
      expectOutcome(await planned(fixWafProtectionRemoved, classic, { baselines }), "needs-baseline");
    });
  });

  describe("DeleteLoggingConfiguration", () => {
    const record = removed("wafv2", "DeleteLoggingConfiguration", { resourceArn: acl });
    const gone = { "wafv2:GetLoggingConfiguration": failing("WAFNonexistentItemException") };
    const LoggingConfiguration = {
      ResourceArn: acl,
      LogDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-web"],
    };
    const baselines = kept(baselineKinds.webAclLogging, awsRegion, acl, {
      GetLoggingConfiguration: { LoggingConfiguration },
    });

    it("logs as the baseline has it", async () => {
      expectPlan(
        await planned(fixWafProtectionRemoved, record, { aws: gone, baselines }),
        [["PutLoggingConfiguration", { LoggingConfiguration }]],
        [["DeleteLoggingConfiguration", { ResourceArn: acl }]],
      );
      expectOutcome(await planned(fixWafProtectionRemoved, record, { aws: gone }), "needs-baseline");
      const live = { "wafv2:GetLoggingConfiguration": { LoggingConfiguration } };
      expectOutcome(await planned(fixWafProtectionRemoved, record, { aws: live, baselines }), "already-ok");
    });
  });

  it("makes nothing again that others know by its id", async () => {
    expectOutcome(await planned(fixWafProtectionRemoved, removed("wafv2", "DeleteWebACL")), "needs-baseline");
  });
});

describe("remediate eks-control-plane-logging-disabled", () => {
  const record = {
    eventName: "UpdateClusterConfig",
    awsRegion,
    requestParameters: {
      name: "prod",
      logging: { clusterLogging: [{ types: ["api", "audit"], enabled: false }] },
    },
  };
  const cluster = (...enabled: string[]) => ({
    cluster: { logging: { clusterLogging: [{ types: enabled, enabled: true }] } },
  });
  const live = (...enabled: string[]) => ({ "eks:DescribeCluster": cluster(...enabled) });
  const set = (types: string[], enabled: boolean) => [
    "UpdateClusterConfig",
    { name: "prod", logging: { clusterLogging: [{ types, enabled }] } },
  ];

  it("enables what the event disabled and is disabled still", async () => {
    expectPlan(
      await planned(fixEksControlPlaneLoggingDisabled, record, { aws: live("api", "scheduler") }),
      [set(["audit"], true)],
      [set(["audit"], false)],
    );
  });

  it("leaves what the baseline did not have", async () => {
    const baselines = kept(baselineKinds.cluster, awsRegion, "prod", { DescribeCluster: cluster("api") });
    expectPlan(
      await planned(fixEksControlPlaneLoggingDisabled, record, { aws: live(), baselines }),
      [set(["api"], true)],
      [set(["api"], false)],
    );
  });

  it("says why not otherwise", async () => {
    expectOutcome(
      await planned(fixEksControlPlaneLoggingDisabled, record, { aws: live("api", "audit") }),
      "already-ok",
    );
    const gone = { "eks:DescribeCluster": failing("ResourceNotFoundException") };
    expectOutcome(await planned(fixEksControlPlaneLoggingDisabled, record, { aws: gone }), "changed-since");
  });
});

describe("remediate cloudtrail-bucket-short-lifecycle", () => {
  const record = {
    eventName: "PutBucketLifecycle",
    awsRegion,
    requestParameters: {
      bucketName: "logs",
      LifecycleConfiguration: {
        Rule: [
          { ID: "short", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } },
          { ID: "long", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 400 } },
        ],
      },
    },
  };
  const rule = (ID: string, Days: number) => ({
    ID,
    Status: "Enabled",
    Filter: { Prefix: "" },
    Expiration: { Days },
  });
  const [short] = record.requestParameters.LifecycleConfiguration.Rule;
  const parameter = "requestParameters.LifecycleConfiguration.Rule";
  const live = (answer: Answers[string]) => ({
    aws: { "s3:GetBucketLifecycleConfiguration": answer },
    match: { evidence: [{ parameter, value: short }], resources: [] },
  });
  const put = (...Rules: object[]) => [
    "PutBucketLifecycleConfiguration",
    {
      Bucket: "logs",
      LifecycleConfiguration: { Rules },
      TransitionDefaultMinimumObjectSize: "varies_by_storage_class",
    },
  ];
  const answer = (...Rules: object[]) =>
    live({ Rules, TransitionDefaultMinimumObjectSize: "varies_by_storage_class" });

  it("takes the short rule out and leaves its neighbour", async () => {
    expectPlan(
      await planned(fixCloudtrailBucketShortLifecycle, record, answer(rule("short", 1), rule("long", 400))),
      [put(rule("long", 400))],
      [put(rule("short", 1), rule("long", 400))],
    );
  });

  it("deletes a lifecycle that has no other rule", async () => {
    expectPlan(
      await planned(fixCloudtrailBucketShortLifecycle, record, answer(rule("short", 1))),
      [["DeleteBucketLifecycle", { Bucket: "logs" }]],
      [put(rule("short", 1))],
    );
  });

  it("says why not otherwise", async () => {
    const plan = (given: Parameters<typeof planned>[2]) =>
      planned(fixCloudtrailBucketShortLifecycle, record, given);
    expectOutcome(await plan(live(failing("NoSuchLifecycleConfiguration"))), "already-ok");
    expectOutcome(await plan(answer(rule("long", 400))), "already-ok");
    expectOutcome(await plan(answer(rule("short", 2))), "changed-since");
    const dated = { ...rule("old", 400), Expiration: { Date: new Date("2030-01-01T00:00:00Z") } };
    expectOutcome(await plan(answer(rule("short", 1), dated)), "refused");
    const configured = { thresholds: { "cloudtrail-bucket-short-lifecycle": 1 } };
    expectOutcome(await plan({ ...answer(rule("short", 1)), configured }), "refused");
  });

  const about = (Prefix: string, own: object) => ({
    Status: "Enabled",
    Filter: { Prefix },
    Expiration: { Days: 1 },
    ...own,
  });
  /** The whole way, from a bucket that nobody named a log bucket. */
  const attack = (given: object[], ...live: object[]) =>
    plannedFor(
      "cloudtrail-bucket-short-lifecycle",
      "s3:PutBucketLifecycle",
      { requestParameters: { bucketName: "data", LifecycleConfiguration: { Rule: given } } },
      { aws: { "s3:GetBucketLifecycleConfiguration": { Rules: live } } },
    );

  it("leaves the rules of the same call that are not about log files", async () => {
    const [logs, scratch] = [about("AWSLogs/", { ID: "logs" }), about("tmp/", { ID: "scratch" })];
    const plan = await attack([scratch, logs], scratch, logs);
    expect(callsOf(plan).calls).to.deep.equal([
      ["PutBucketLifecycleConfiguration", { Bucket: "data", LifecycleConfiguration: { Rules: [scratch] } }],
    ]);
  });

  it("knows a rule that came without an id by what it is about", async () => {
    const made = about("AWSLogs/", { ID: "made-by-s3" });
    const later = about("tmp/", { ID: "later" });
    const plan = await attack([about("AWSLogs/", {})], later, made);
    expect(callsOf(plan).calls).to.deep.equal([
      ["PutBucketLifecycleConfiguration", { Bucket: "data", LifecycleConfiguration: { Rules: [later] } }],
    ]);
  });
});

describe("remediate s3-access-logging-disabled", () => {
  const record = {
    eventName: "PutBucketLogging",
    awsRegion,
    requestParameters: { bucketName: "data", BucketLoggingStatus: {} },
  };
  const LoggingEnabled = { TargetBucket: "access", TargetPrefix: "data/" };
  const live = (answer: Answers[string]) => ({ "s3:GetBucketLogging": answer });
  const baselines = kept(baselineKinds.bucketLogging, awsRegion, "data", {
    GetBucketLogging: { LoggingEnabled },
  });

  it("logs to where the baseline says", async () => {
    expectPlan(
      await planned(fixS3AccessLoggingDisabled, record, { aws: live({}), baselines }),
      [["PutBucketLogging", { Bucket: "data", BucketLoggingStatus: { LoggingEnabled } }]],
      [["PutBucketLogging", { Bucket: "data", BucketLoggingStatus: {} }]],
    );
  });

  it("says why not otherwise", async () => {
    const plan = (given: Parameters<typeof planned>[2]) => planned(fixS3AccessLoggingDisabled, record, given);
    expectOutcome(await plan({ aws: live({}) }), "needs-baseline");
    expectOutcome(await plan({ aws: live({ LoggingEnabled }), baselines }), "already-ok");
    const elsewhere = live({ LoggingEnabled: { ...LoggingEnabled, TargetBucket: "theirs" } });
    expectOutcome(await plan({ aws: elsewhere, baselines }), "changed-since");
    expectOutcome(await plan({ aws: live(failing("NoSuchBucket")), baselines }), "already-ok");
  });
});

describe("remediate bedrock-invocation-logging-disabled", () => {
  const record = {
    eventName: "DeleteModelInvocationLoggingConfiguration",
    awsRegion,
    requestParameters: null,
  };
  const loggingConfig = { s3Config: { bucketName: "prompts" }, textDataDeliveryEnabled: true };
  const live = (answer: Answers[string]) => ({ "bedrock:GetModelInvocationLoggingConfiguration": answer });
  const baselines = kept(baselineKinds.invocationLogging, awsRegion, "account", {
    GetModelInvocationLoggingConfiguration: { loggingConfig },
  });

  it("logs as the baseline has it", async () => {
    expectPlan(
      await planned(fixBedrockInvocationLoggingDisabled, record, { aws: live({}), baselines }),
      [["PutModelInvocationLoggingConfiguration", { loggingConfig }]],
      [["DeleteModelInvocationLoggingConfiguration", {}]],
    );
    expectOutcome(
      await planned(fixBedrockInvocationLoggingDisabled, record, { aws: live({}) }),
      "needs-baseline",
    );
    expectOutcome(
      await planned(fixBedrockInvocationLoggingDisabled, record, {
        aws: live({ loggingConfig }),
        baselines,
      }),
      "already-ok",
    );
  });
});

describe("remediate cloudwatch-alarm-disabled", () => {
  const record = {
    eventSource: "monitoring.amazonaws.com",
    eventName: "DisableAlarmActions",
    awsRegion,
    requestParameters: { alarmNames: ["a", "b", "c"] },
  };
  const live = (answer: Answers[string]) => ({ aws: { "cloudwatch:DescribeAlarms": answer } });

  it("lets those act again that are silent still", async () => {
    const input = { AlarmNames: ["a", "c"] };
    expectPlan(
      await planned(
        fixCloudwatchAlarmDisabled,
        record,
        live({
          MetricAlarms: [
            { AlarmName: "a", ActionsEnabled: false },
            { AlarmName: "b", ActionsEnabled: true },
          ],
          CompositeAlarms: [{ AlarmName: "c", ActionsEnabled: false }],
        }),
      ),
      [["EnableAlarmActions", input]],
      [["DisableAlarmActions", input]],
    );
  });

  it("says why not otherwise", async () => {
    expectOutcome(
      await planned(fixCloudwatchAlarmDisabled, record, live({ MetricAlarms: [] })),
      "already-ok",
    );
    expectOutcome(
      await planned(fixCloudwatchAlarmDisabled, { ...record, eventName: "DeleteAlarms" }),
      "needs-baseline",
    );
  });
});
