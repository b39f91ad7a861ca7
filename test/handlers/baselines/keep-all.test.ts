import type { SNSEvent } from "aws-lambda";
import { expect } from "chai";
import type { KeepBaselines } from "../../../handlers/baselines/event";
import { createKeepBaselines } from "../../../handlers/baselines/keep";
import { createKeepAll } from "../../../handlers/baselines/keep-all";
import { keepingActions, keptKinds } from "../../../handlers/baselines/kept-kinds";
import { detections } from "../../../handlers/detections/index";
import { type BaselineName, baselineKinds } from "../../../handlers/baselines/kinds/index";
import { createHandler } from "../../../handlers/index";
import { createLog } from "../../../handlers/log";
import { createOnSchedule } from "../../../handlers/on-schedule";
import { remediations } from "../../../handlers/remediations/index";
import type { Settings } from "../../../handlers/settings";
import { type Answers, aMinuteLater, awsError, fakeAws, region, someSettings } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";
import { problemsOfCall } from "../../support/service-model";

type Entry = Record<string, unknown> & {
  kinds: Record<string, { found: number; written: number }>;
  problems: { kind: string; error: string; regions: string[]; times: number }[];
};

const arn = "arn:aws:rds:us-west-2:111122223333:cluster:orders";
const acl = "arn:aws:wafv2:us-west-2:111122223333:regional/webacl/a/1";

/** An account with one or two resources of some kinds, and none of others. */
const anAccount: Answers = {
  "ec2:DescribeRegions": { Regions: [{ RegionName: region }, { RegionName: "us-east-1" }] },
  "bedrock:GetModelInvocationLoggingConfiguration": { loggingConfig: { textDataDeliveryEnabled: true } },
  "cloudtrail:DescribeTrails": { trailList: [{ Name: "main" }] },
  "cloudtrail:GetTrail": { Trail: { Name: "main", S3BucketName: "logs", TrailARN: "arn:main" } },
  "cloudtrail:GetTrailStatus": { IsLogging: true, LatestDeliveryTime: new Date(0) },
  "cloudtrail:GetEventSelectors": { EventSelectors: [] },
  "cloudtrail:ListTags": { ResourceTagList: [] },
  "configservice:DescribeConfigurationRecorders": { ConfigurationRecorders: [{ name: "default" }] },
  "configservice:DescribeConfigurationRecorderStatus": {
    ConfigurationRecordersStatus: [{ name: "default", recording: true, lastStatus: "SUCCESS" }],
  },
  "configservice:DescribeDeliveryChannels": { DeliveryChannels: [{ name: "default", s3BucketName: "c" }] },
  "configservice:DescribeConfigRules": ({ NextToken }) =>
    NextToken === undefined
      ? { ConfigRules: [{ ConfigRuleName: "one", ConfigRuleState: "ACTIVE" }], NextToken: "more" }
      : { ConfigRules: [{ ConfigRuleName: "two" }] },
  "configservice:DescribeRemediationConfigurations": ({ ConfigRuleNames }) => ({
    RemediationConfigurations: (ConfigRuleNames as string[])
      .filter((name) => name === "two")
      .map((ConfigRuleName) => ({ ConfigRuleName })),
  }),
  "configservice:DescribeRetentionConfigurations": {
    RetentionConfigurations: [{ Name: "default", RetentionPeriodInDays: 30 }],
  },
  "ec2:DescribeFlowLogs": {
    FlowLogs: [{ FlowLogId: "fl-1", ResourceId: "vpc-1", CreationTime: new Date(0) }],
  },
  "eks:ListClusters": { clusters: ["c"] },
  "eks:DescribeCluster": { cluster: { name: "c", logging: { clusterLogging: [] }, status: "ACTIVE" } },
  "wafv2:ListWebACLs": { WebACLs: [{ ARN: acl }] },
  "wafv2:ListResourcesForWebACL": ({ ResourceType }) => ({
    ResourceArns: ResourceType === "API_GATEWAY" ? ["arn:api"] : [],
  }),
  "wafv2:ListLoggingConfigurations": {
    LoggingConfigurations: [{ ResourceArn: acl, LogDestinationConfigs: [] }],
  },
  "s3:ListBuckets": ({ ContinuationToken }) =>
    ContinuationToken === undefined
      ? { Buckets: [{ Name: "one", BucketRegion: "eu-west-1" }], ContinuationToken: "more" }
      : { Buckets: [{ Name: "two" }] },
  "kms:ListKeys": ({ Marker }) =>
    Marker === undefined ? { Keys: [], NextMarker: "more", Truncated: true } : { Keys: [{ KeyId: "k" }] },
  "kms:DescribeKey": ({ KeyId }) => ({
    KeyMetadata: { KeyId, KeyState: "Enabled", CreationDate: new Date(0) },
  }),
  "ec2:GetEbsEncryptionByDefault": { EbsEncryptionByDefault: true },
  "ec2:GetSerialConsoleAccessStatus": { SerialConsoleAccessEnabled: false },
  "s3:GetBucketVersioning": { Status: "Enabled" },
  "s3:GetBucketPolicy": () => {
    throw awsError("NoSuchBucketPolicy");
  },
  "s3:GetPublicAccessBlock": () => {
    throw awsError("NoSuchPublicAccessBlockConfiguration");
  },
  "s3:GetBucketLogging": {},
  "s3:GetBucketEncryption": { ServerSideEncryptionConfiguration: { Rules: [] } },
  "rds:DescribeDBClusters": { DBClusters: [{ DBClusterArn: arn, ActivityStreamStatus: "stopped" }] },
  "iam:GetAccountPasswordPolicy": () => {
    throw awsError("NoSuchEntityException");
  },
  "iam:GetAccountAuthorizationDetails": ({ Filter }) =>
    (Filter as string[])[0] === "User"
      ? { UserDetailList: [{ UserName: "bob", PermissionsBoundary: { PermissionsBoundaryArn: "b" } }] }
      : { RoleDetailList: [{ RoleName: "ops", AssumeRolePolicyDocument: "%7B%7D", RoleLastUsed: {} }] },
  "iam:ListPolicies": { Policies: [{ Arn: "arn:p", DefaultVersionId: "v3", AttachmentCount: 1 }] },
};

function prepare(more: Answers = {}, settings: Partial<Settings> = {}) {
  const table = aTable();
  const answers: Answers = { ...anAccount, ...table.answers, ...more };
  const { aws, calls } = fakeAws(new Proxy(answers, { get: (known, name: string) => known[name] ?? {} }));
  const lines: string[] = [];
  let clock = aMinuteLater;
  let remaining = 300_000;
  const pauses: number[] = [];
  const platform = {
    aws,
    write: (line: string) => void lines.push(line),
    now: () => clock,
    pause: async (ms: number) => {
      pauses.push(ms);
      clock += ms;
    },
  };
  const all = someSettings({ mode: "plan", ...settings });
  const kinds = keptKinds(all, detections, remediations);
  const { lookAt } = createKeepBaselines({ settings: all, kinds, aws, now: platform.now });
  // The stack's own parts are tested elsewhere (test/handlers/watch/).
  const selfCheck = {
    declare: async () => true,
    check: async () => ({ differences: [], isFirstDeployment: false }),
    checkAndReport: async () => [],
  };
  const onSchedule = createOnSchedule({
    settings: all,
    log: createLog(platform.write),
    selfCheck,
    digests: undefined,
    confirmation: { check: async () => ({ findings: 0, unconfirmed: [] }) },
    waiting: { expire: async () => [] },
    onDue: async () => undefined,
    periods: { summarize: async () => ({ published: 0, errors: [] }) },
    keepAll: createKeepAll({ settings: all, kinds, lookAt, ...platform }),
    now: platform.now,
  });
  const run = async (at: KeepBaselines["at"] = "schedule") => {
    const invocation = { awsRequestId: "r", getRemainingTimeInMillis: () => remaining };
    await onSchedule({ cloudtrailer: "keep-baselines", at }, invocation);
    return JSON.parse(String(lines.at(-1))) as Entry;
  };
  const states = (id: string) => {
    const item = table.items[`baseline#${id}`];
    const history = JSON.parse(item?.history?.S ?? "[]") as { state?: unknown }[];
    return history.map(({ state }) => state);
  };
  return {
    run,
    calls,
    table,
    states,
    handle: createHandler(all, platform),
    pauses,
    hasMs: (ms: number) => (remaining = ms),
    pass: (ms: number) => (clock += ms),
  };
}

describe("baselines on a schedule", () => {
  it("are of everything in all regions that the account has enabled", async () => {
    const { run, calls, table, states } = prepare();
    const entry = await run();
    expect(entry).to.deep.include({
      level: "info",
      message: "baselines",
      at: "schedule",
      regions: [region, "us-east-1"],
      problems: [],
      notReached: {},
      notThere: {},
    });
    const found = Object.fromEntries(
      Object.entries(entry.kinds).map(([kind, { found: count }]) => [kind, count]),
    );
    const inEachRegion = Object.fromEntries(
      ["cluster", "ebsEncryption", "flowLog", "key", "trail", "webAclAssociation"].map((kind) => [kind, 2]),
    );
    expect(found).to.deep.include({
      ...inEachRegion,
      bucketLogging: 2,
      configRule: 4,
      managedPolicy: 1,
      passwordPolicy: 1,
      role: 1,
      user: 1,
      webAclLogging: 3,
    });
    // Web ACLs of CloudFront have the same id in this account.
    expect(Object.keys(table.items)).to.have.length(
      Object.values(found).reduce((sum, count) => sum + count, 0) - 1,
    );
    expect(calls.filter(({ service }) => service !== "dynamodb").flatMap(problemsOfCall)).to.deep.equal([]);
    const trail = {
      GetTrail: { Trail: { Name: "main", S3BucketName: "logs", TrailARN: "arn:main" } },
      GetTrailStatus: { IsLogging: true },
      GetEventSelectors: { EventSelectors: [] },
      ListTags: { ResourceTagList: [] },
      GetInsightSelectors: {},
    };
    expect(states(`AWS::CloudTrail::Trail#${region}/main`)).to.deep.equal([trail]);
    expect(states("AWS::S3::BucketLogging#eu-west-1/one")).to.deep.equal([{ GetBucketLogging: {} }]);
    expect(states("AWS::IAM::AccountPasswordPolicy#us-east-1/account")).to.deep.equal([{}]);
    expect(states("AWS::IAM::Role#us-east-1/ops")).to.deep.equal([
      { GetRole: { Role: { RoleName: "ops", AssumeRolePolicyDocument: "%7B%7D" } } },
    ]);
    expect(states(`AWS::WAFv2::WebACLAssociation#${region}/arn:api`)).to.deep.equal([
      { GetWebACLForResource: { WebACL: { ARN: acl } } },
    ]);
  });

  it("have what a list contains, in the form of a read", async () => {
    const { run, states } = prepare();
    await run();
    expect(states(`AWS::EC2::FlowLog#${region}/fl-1`)).to.deep.equal([
      { DescribeFlowLogs: { FlowLogs: [{ FlowLogId: "fl-1", ResourceId: "vpc-1" }] } },
    ]);
    expect(states("AWS::IAM::User#us-east-1/bob")).to.deep.equal([
      { GetUser: { User: { UserName: "bob", PermissionsBoundary: { PermissionsBoundaryArn: "b" } } } },
    ]);
    expect(states("AWS::IAM::ManagedPolicy#us-east-1/arn:p")).to.deep.equal([
      { GetPolicy: { Policy: { Arn: "arn:p", DefaultVersionId: "v3" } } },
    ]);
  });

  it("write nothing if nothing has changed", async () => {
    const { run, calls, pass } = prepare();
    await run();
    const before = calls.length;
    pass(3_600_000);
    const { kinds } = await run();
    expect(Object.values(kinds).filter(({ written }) => written > 0)).to.deep.equal([]);
    expect(calls.slice(before).filter(({ operation }) => operation === "UpdateItem")).to.deep.equal([]);
  });

  it("are taken in the stack's region and the allowed ones, if there are any", async () => {
    const { run, calls } = prepare(
      {},
      { context: { ...someSettings().context, allowedRegions: ["eu-west-1"] } },
    );
    expect((await run()).regions).to.deep.equal([region, "eu-west-1"]);
    expect(calls.map(({ operation }) => operation)).not.to.include("DescribeRegions");
  });

  it("report what was denied, once per kind, and continue with the rest", async () => {
    const denied = () => {
      throw awsError("AccessDeniedException", "not cloudtrail:DescribeTrails");
    };
    const { run, pauses } = prepare({ "cloudtrail:DescribeTrails": denied });
    const entry = await run();
    expect(entry.level).to.equal("error");
    expect(entry.problems).to.deep.equal([
      {
        kind: "trail",
        error: "AccessDeniedException: not cloudtrail:DescribeTrails",
        regions: entry.problems[0]?.regions,
        times: 2,
      },
    ]);
    expect(entry.problems[0]?.regions).to.have.members([region, "us-east-1"]);
    expect(entry.kinds).to.have.property("flowLog");
    expect(pauses).to.deep.equal([]);
  });

  it("wait at a deployment for permissions that IAM has not propagated", async () => {
    let asked = 0;
    const denied = () => {
      if (++asked < 5) throw awsError("AccessDeniedException");
      return { trailList: [{ Name: "main" }] };
    };
    const { run, pauses } = prepare({ "cloudtrail:DescribeTrails": denied });
    const entry = await run("deployment");
    expect(entry.problems).to.deep.equal([]);
    expect(entry.kinds.trail).to.deep.equal({ found: 2, written: 2 });
    expect(pauses.length).to.be.within(1, 4);
  });

  it("end in time, at a deployment after a minute, and report what was left out", async () => {
    const never = {
      "dynamodb:GetItem": () => {
        throw awsError("AccessDeniedException");
      },
    };
    const late = prepare(never);
    const entry = await late.run("deployment");
    expect(late.pauses.reduce((sum, ms) => sum + ms, 0)).to.be.at.most(60_000);
    expect(entry.problems.length).to.be.greaterThan(0);
    const short = prepare();
    short.hasMs(10_000);
    const { notReached, kinds } = await short.run();
    expect(kinds).to.deep.equal({});
    expect(notReached).to.have.property("trail", 1);
  });

  it("do not report a region without the service as a problem", async () => {
    const { run } = prepare({
      "bedrock:GetModelInvocationLoggingConfiguration": () => {
        throw Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });
      },
    });
    const { problems, notThere } = await run();
    expect(problems).to.deep.equal([]);
    expect((notThere as Record<string, string[]>).invocationLogging).to.have.members([region, "us-east-1"]);
  });

  it("are of what remediations in mode plan or fix can use, and of nothing else", async () => {
    const on = keptKinds(
      { mode: "alert", detections: { "vpc-flow-logs-deleted": { mode: "plan" } } },
      detections,
      remediations,
    );
    expect(on).to.deep.equal(["flowLog"]);
    expect(keepingActions(on)).to.deep.equal(["ec2:DescribeFlowLogs", "ec2:DescribeRegions"]);
    expect(keepingActions([])).to.deep.equal([]);
    const { run, calls } = prepare({}, { mode: "alert" });
    expect(await run()).to.deep.include({ kinds: {}, regions: [] });
    expect(calls).to.deep.equal([]);
    const used = keptKinds({ mode: "fix", detections: {} }, detections, remediations);
    expect(
      (Object.keys(baselineKinds) as BaselineName[]).filter((kind) => !used.includes(kind)),
    ).to.deep.equal([]);
  });

  it("are triggered by their own event, and any other is rejected", async () => {
    const { handle } = prepare();
    const invocation = { awsRequestId: "r", getRemainingTimeInMillis: () => 60_000 };
    for (const event of [{ cloudtrailer: "keep-baselines" }, { hello: "world" }, null, undefined]) {
      const error = await handle(event as unknown as SNSEvent, invocation).catch((reason: Error) => reason);
      expect(String(error)).to.match(
        /expected an SNS event .* or \{"cloudtrailer":"keep-baselines".*, found /,
      );
    }
  });
});
