import { expect } from "chai";
import { chatResources } from "../../../handlers/chat-parts";
import type { Difference } from "../../../handlers/alerts/summaries";
import { leavingNoTrace, ownPartChanged } from "../../../handlers/detections/own/own-part-changed";
import type { Exception } from "../../../handlers/settings";
import {
  type Look,
  ownListActions,
  ownPartActions,
  ownRoomActions,
  ownPartsOf,
  stateOfParts,
} from "../../../handlers/watch/own-parts";
import { createSelfCheck } from "../../../handlers/watch/self-check";
import { modelOf } from "../../../local/service-checks";
import {
  account,
  aMinuteLater,
  type Answers,
  awsError,
  fakeAws,
  someSettings,
} from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";
import { problemsOfCall } from "../../support/service-model";

const arn = (service: string, resource: string, region = "us-west-2") =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const role = "cloudtrailer-lambda-role-red";
const watch = "cloudtrailer-watch-red";
const bus = "cloudtrailer-findings-red";
const sender = `${bus}.slack-1`;
const history = "cloudtrailer-history-red";
const chat = { base: "cloudtrailer-chat-red", parts: ["security"], buttons: ["security"] };
const settings = someSettings({
  findingsBus: bus,
  chat,
  context: {
    ...someSettings().context,
    trail: { name: "cloudtrailer-red", arn: arn("cloudtrail", "trail/cloudtrailer-red") },
    ownResources: [
      arn("lambda", "function:cloudtrailer-red"),
      arn("iam", `role/${role}`, ""),
      arn("dynamodb", "table/findings-red"),
      arn("sns", "cloudtrail-logs-red"),
      arn("sns", "security-alerts-red"),
      arn("sqs", "cloudtrailer-failures-red"),
      arn("events", "rule/cloudtrailer-schedule-red"),
      arn("events", "rule/cloudtrailer-due-fixes-red"),
      arn("logs", "log-group:/aws/lambda/cloudtrailer-red"),
      arn("events", `event-bus/${bus}`),
      arn("sqs", bus),
      arn("iam", `role/${bus}`, ""),
      arn("sns", watch),
      arn("events", `event-bus/${watch}`),
      arn("iam", `role/${watch}`, ""),
      "arn:aws:s3:::cloudtrailer-reports-red",
      arn("lambda", `function:${history}`),
      arn("states", `stateMachine:${history}`),
      arn("iam", `role/${history}`, ""),
      arn("iam", `role/${history}-states`, ""),
      ...chatResources(chat, arn("sns", "security-alerts-red")),
    ],
  },
});

/** A stack whose parts are as deployed. */
const soundAnswers: Answers = {
  "cloudtrail:GetTrailStatus": { IsLogging: true },
  "sns:ListSubscriptionsByTopic": {
    Subscriptions: [
      {
        Protocol: "email",
        Endpoint: "red@example.com",
        SubscriptionArn: arn("sns", "any:0f3a4d52-1c5b-4d5e-9d1e-3f2a1b0c9d8e"),
      },
    ],
  },
  "sns:GetSubscriptionAttributes": { Attributes: { FilterPolicyScope: "MessageAttributes" } },
  "iam:ListRolePolicies": { PolicyNames: ["execution-policy"] },
  "iam:GetRolePolicy": { PolicyDocument: "%7B%22Statement%22%3A%5B%5D%7D" },
  "iam:ListAttachedRolePolicies": {
    AttachedPolicies: [
      { PolicyArn: arn("iam", `policy/${role}-remediations-1`, "") },
      { PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    ],
  },
  "iam:GetPolicy": { Policy: { DefaultVersionId: "v3" } },
  "iam:GetPolicyVersion": { PolicyVersion: { Document: '{"Statement":[]}' } },
  "events:DescribeEventBus": { Policy: '{"Statement":[]}' },
  "events:ListRules": { Rules: [{ Name: `${watch}.sight` }] },
  "events:DescribeRule": { State: "ENABLED" },
  "events:ListTargetsByRule": {
    Targets: [
      { Id: "people", Arn: arn("sns", watch) },
      { Id: "slack", Arn: arn("events", `api-destination/${sender}/6e1b`) },
    ],
  },
  "events:DescribeApiDestination": {
    ApiDestinationState: "ACTIVE",
    ConnectionArn: arn("events", `connection/${sender}/7f2c`),
    InvocationEndpoint: "https://hooks.example.com/services/a-key",
  },
  "events:DescribeConnection": { ConnectionState: "AUTHORIZED", LastModifiedTime: 1_700_000_000 },
  "lambda:GetFunctionConfiguration": { CodeSha256: "c29tZSBjb2Rl" },
};

/** Every look at the parts, those that follow from answers as well. */
function allLooks(): Look[] {
  const found: Look[] = [];
  const left = ownPartsOf(settings).flatMap(({ looks }) => looks);
  for (let look = left.shift(); look !== undefined; look = left.shift()) {
    found.push(look);
    const answer = soundAnswers[`${look.call.service}:${look.call.operation}`];
    left.push(...(look.then?.((answer ?? {}) as Record<string, unknown>) ?? []));
  }
  return found;
}

/** By which look each call on an own part shows; a call without one could be called harmless though it is not. */
const shownBy: Record<string, string> = {
  "cloudformation:DeleteStack": "DescribeStacks",
  "cloudformation:ExecuteChangeSet": "GetTemplate",
  "cloudformation:UpdateStack": "GetTemplate",
  "cloudtrail:DeleteTrail": "GetTrail",
  "cloudtrail:PutEventSelectors": "GetEventSelectors",
  "cloudtrail:StopLogging": "GetTrailStatus",
  "cloudtrail:UpdateTrail": "GetTrail",
  "dynamodb:DeleteResourcePolicy": "GetResourcePolicy",
  "dynamodb:DeleteTable": "DescribeTable",
  "dynamodb:PutResourcePolicy": "GetResourcePolicy",
  "dynamodb:UpdateContinuousBackups": "DescribeContinuousBackups",
  "dynamodb:UpdateTable": "DescribeTable",
  "dynamodb:UpdateTimeToLive": "DescribeTimeToLive",
  "events:DeauthorizeConnection": "DescribeConnection",
  "events:DeleteApiDestination": "DescribeApiDestination",
  "events:DeleteConnection": "DescribeConnection",
  "events:DeleteEventBus": "DescribeEventBus",
  "events:DeleteRule": "DescribeRule",
  "events:DisableRule": "DescribeRule",
  "events:PutPermission": "DescribeEventBus",
  "events:PutRule": "DescribeRule",
  "events:PutTargets": "ListTargetsByRule",
  "events:RemovePermission": "DescribeEventBus",
  "events:RemoveTargets": "ListTargetsByRule",
  "events:UpdateApiDestination": "DescribeApiDestination",
  "events:UpdateConnection": "DescribeConnection",
  "events:UpdateEventBus": "DescribeEventBus",
  "iam:AddRoleToInstanceProfile": "ListInstanceProfilesForRole",
  "iam:AttachRolePolicy": "ListAttachedRolePolicies",
  "iam:CreatePolicyVersion": "GetPolicyVersion",
  "iam:DeletePolicy": "GetPolicy",
  "iam:DeletePolicyVersion": "GetPolicyVersion",
  "iam:DeleteRole": "GetRole",
  "iam:DeleteRolePermissionsBoundary": "GetRole",
  "iam:DeleteRolePolicy": "ListRolePolicies",
  "iam:DetachRolePolicy": "ListAttachedRolePolicies",
  "iam:PutRolePermissionsBoundary": "GetRole",
  "iam:PutRolePolicy": "GetRolePolicy",
  "iam:SetDefaultPolicyVersion": "GetPolicyVersion",
  "iam:UpdateAssumeRolePolicy": "GetRole",
  "iam:UpdateRole": "GetRole",
  "lambda:AddPermission": "GetPolicy",
  "lambda:CreateEventSourceMapping": "ListEventSourceMappings",
  "lambda:CreateFunctionUrlConfig": "GetFunctionUrlConfig",
  "lambda:DeleteFunction": "GetFunctionConfiguration",
  "lambda:DeleteFunctionConcurrency": "GetFunctionConcurrency",
  "lambda:DeleteFunctionEventInvokeConfig": "GetFunctionEventInvokeConfig",
  "lambda:DeleteResourcePolicy": "GetPolicy",
  "lambda:PutFunctionCodeSigningConfig": "GetFunctionCodeSigningConfig",
  "lambda:PutFunctionConcurrency": "GetFunctionConcurrency",
  "lambda:PutFunctionEventInvokeConfig": "GetFunctionEventInvokeConfig",
  "lambda:PutResourcePolicy": "GetPolicy",
  "lambda:PutRuntimeManagementConfig": "GetRuntimeManagementConfig",
  "lambda:RemovePermission": "GetPolicy",
  "lambda:UpdateFunctionCode": "GetFunctionConfiguration",
  "lambda:UpdateFunctionConfiguration": "GetFunctionConfiguration",
  "lambda:UpdateFunctionEventInvokeConfig": "GetFunctionEventInvokeConfig",
  "lambda:UpdateFunctionUrlConfig": "GetFunctionUrlConfig",
  "logs:AssociateKmsKey": "DescribeLogGroups",
  "logs:DeleteLogGroup": "DescribeLogGroups",
  "logs:DeleteRetentionPolicy": "DescribeLogGroups",
  "logs:DeleteSubscriptionFilter": "DescribeSubscriptionFilters",
  "logs:DisassociateKmsKey": "DescribeLogGroups",
  "logs:PutDataProtectionPolicy": "DescribeLogGroups",
  "logs:PutRetentionPolicy": "DescribeLogGroups",
  "logs:PutSubscriptionFilter": "DescribeSubscriptionFilters",
  "monitoring:DeleteAlarms": "DescribeAlarms",
  "monitoring:DisableAlarmActions": "DescribeAlarms",
  "monitoring:PutMetricAlarm": "DescribeAlarms",
  "s3:DeleteBucket": "GetBucketPolicy",
  "s3:DeleteBucketEncryption": "GetBucketEncryption",
  "s3:DeleteBucketLifecycle": "GetBucketLifecycleConfiguration",
  "s3:DeleteBucketOwnershipControls": "GetBucketOwnershipControls",
  "s3:DeleteBucketPolicy": "GetBucketPolicy",
  "s3:DeleteBucketPublicAccessBlock": "GetPublicAccessBlock",
  "s3:PutBucketAcl": "GetBucketAcl",
  "s3:PutBucketEncryption": "GetBucketEncryption",
  "s3:PutBucketLifecycle": "GetBucketLifecycleConfiguration",
  "s3:PutBucketLogging": "GetBucketLogging",
  "s3:PutBucketNotification": "GetBucketNotificationConfiguration",
  "s3:PutBucketOwnershipControls": "GetBucketOwnershipControls",
  "s3:PutBucketPolicy": "GetBucketPolicy",
  "s3:PutBucketPublicAccessBlock": "GetPublicAccessBlock",
  "s3:PutBucketReplication": "GetBucketReplication",
  "s3:PutBucketVersioning": "GetBucketVersioning",
  "sns:AddPermission": "GetTopicAttributes",
  "sns:DeleteTopic": "GetTopicAttributes",
  "sns:PutDataProtectionPolicy": "GetDataProtectionPolicy",
  "sns:RemovePermission": "GetTopicAttributes",
  "sns:SetSubscriptionAttributes": "GetSubscriptionAttributes",
  "sns:SetTopicAttributes": "GetTopicAttributes",
  "sns:Subscribe": "ListSubscriptionsByTopic",
  "sns:Unsubscribe": "ListSubscriptionsByTopic",
  "sqs:AddPermission": "GetQueueAttributes",
  "sqs:DeleteQueue": "GetQueueAttributes",
  "sqs:RemovePermission": "GetQueueAttributes",
  "sqs:SetQueueAttributes": "GetQueueAttributes",
  "states:DeleteStateMachine": "DescribeStateMachine",
  "states:UpdateStateMachine": "DescribeStateMachine",
};

/** IAM's action for an operation of S3, where it has another name. */
const s3Actions: Record<string, string> = {
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetBucketNotificationConfiguration: "GetBucketNotification",
  GetBucketReplication: "GetReplicationConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
};

describe("the looks of the self-check", () => {
  it("are at the fast path's rules in each region that sends records, its bus, its topic and its role", () => {
    const fast = "cloudtrailer-events-red";
    const ownResources = [
      ...settings.context.ownResources,
      arn("events", `event-bus/${fast}`),
      arn("sns", fast),
      `arn:aws:iam::${account}:role/${fast}`,
    ];
    const parts = ownPartsOf({
      ...settings,
      context: { ...settings.context, ownResources },
      events: {
        topicArn: arn("sns", fast),
        regions: ["us-west-2", "us-east-1", "ap-south-1"],
        lateDetections: 30,
      },
    });
    const ofFast = parts.filter(({ name }) => name.includes(fast));
    expect(ofFast.map(({ name }) => name)).to.have.members([
      `rules ${fast}.* (us-west-2)`,
      `rules ${fast}.* (us-east-1)`,
      `rules ${fast}.* (ap-south-1)`,
      `rules ${fast}.* (bus ${fast})`,
      `bus ${fast}`,
      `topic ${fast}`,
      `role ${fast}`,
    ]);
    for (const { means } of ofFast) expect(means).to.match(/fixes may come minutes later/);
    const away = ofFast.find(({ name }) => name.includes("ap-south-1"))?.looks[0]?.call;
    expect(away).to.deep.include({ operation: "ListRules", region: "ap-south-1" });
    // The second path is another bus, and is looked at as before.
    expect(parts.map(({ name }) => name)).to.include(`bus ${watch}`);
    expect(parts.filter(({ name }) => name === `bus ${fast}`)).to.have.length(1);
  });

  it("are at what hunts consist of, and at the bucket for their results, and say what a change of them means", () => {
    const parts = ownPartsOf(settings);
    const unsure = parts.filter(({ means }) => means.includes("hunts in old log files may miss"));
    expect(unsure.map(({ name }) => name)).to.have.members([
      "bucket cloudtrailer-reports-red",
      `function ${history}`,
      `state machine ${history}`,
      `role ${history}`,
      `role ${history}-states`,
    ]);
    expect(new Set(parts.map(({ name }) => name)).size).to.equal(parts.length);
  });

  it("are at what posts to chat rooms, and say what a change of it means", () => {
    const room = "cloudtrailer-chat-red--security";
    const ofRoom = ownPartsOf(settings).filter(({ name }) => name.endsWith(room));
    expect(ofRoom.map(({ name }) => name)).to.have.members([
      `topic ${room}`,
      `role ${room}`,
      `stack ${room}`,
    ]);
    for (const { means } of ofRoom) expect(means).to.match(/others may decide about fixes/);
  });

  it("are at the rule of delayed fixes, of which a difference means something else than of the hourly one", () => {
    const rule = "cloudtrailer-due-fixes-red";
    const parts = ownPartsOf({ ...settings, fix: { afterMinutes: 30, immediately: [], rule } });
    const meansOf = (name: string) => parts.find((part) => part.name === `rule ${name}`)?.means;
    expect(meansOf(rule)).to.match(/a fix that was announced may come an hour late/);
    expect(meansOf("cloudtrailer-schedule-red")).to.match(/may go unchecked/);
  });

  it("are at every part, by calls that AWS knows, with the permissions that it declares and no others", () => {
    expect(
      new Set(ownPartsOf(settings).map(({ name }) => name.replace(/ \S*$| \S* \(.*/, ""))),
    ).to.deep.equal(
      new Set([
        "trail",
        "bucket",
        "topic",
        "function",
        "role",
        "table",
        "queue",
        "log group",
        "rule",
        "rules",
        "bus",
        "alarms",
        "state machine",
        "stack",
      ]),
    );
    const calls = allLooks().map(({ call }) => call);
    expect(calls.flatMap(problemsOfCall)).to.deep.equal([]);
    const needed = calls.map(({ service, operation }) =>
      service === "s3"
        ? `s3:${s3Actions[operation] ?? operation}`
        : `${service.replace("stepfunctions", "states")}:${operation}`,
    );
    expect([...ownPartActions, ...ownRoomActions, ...ownListActions].sort()).to.deep.equal(
      [...new Set(needed)].sort(),
    );
  });

  it("are at the rules where IAM's events are as well", () => {
    const regions = allLooks()
      .filter(({ call }) => call.operation === "ListRules")
      .map(({ call }) => `${call.region} ${String(call.input.EventBusName ?? "default")}`);
    expect(regions).to.deep.equal([
      `us-west-2 ${bus}`,
      "us-west-2 default",
      "us-east-1 default",
      `us-west-2 ${watch}`,
    ]);
  });

  it("show every call on an own part that leaves anything to be seen", () => {
    expect([...Object.keys(shownBy), ...leavingNoTrace]).to.have.members(ownPartChanged.events);
    const looks = allLooks().map(({ call }) => `${call.service}:${call.operation}`);
    for (const [event, by] of Object.entries(shownBy)) {
      const service = (event.split(":")[0] ?? "")
        .replace("monitoring", "cloudwatch")
        .replace("states", "stepfunctions");
      expect(looks, event).to.include(`${service}:${by}`);
    }
  });

  it("keep no address of a subscriber", async () => {
    const { aws } = fakeAws({ ...soundDefaults(), ...soundAnswers });
    const states = await stateOfParts(settings, aws);
    expect(JSON.stringify(states)).not.to.contain("example.com");
    // Seen all the same.
    expect(states[`rules * (bus ${bus})`]).to.have.property(`DescribeApiDestination ${sender}`);
  });
});

/** Everything answers, and only what is asked for. */
function soundDefaults(): Answers {
  return Object.fromEntries(allLooks().map(({ call }) => [`${call.service}:${call.operation}`, {}]));
}

describe("the self-check", () => {
  function prepare(
    exceptions: Exception[] = [],
    { deployment, table = aTable() }: { deployment?: string; table?: ReturnType<typeof aTable> } = {},
  ) {
    const alerts: Difference[][] = [];
    const ending: Exception[][] = [];
    const pauses: number[] = [];
    const answers: Answers = { ...soundDefaults(), ...soundAnswers, ...table.answers };
    const { aws, calls } = fakeAws(answers);
    let clock = aMinuteLater;
    const selfCheck = createSelfCheck({
      settings: { ...settings, exceptions, ...(deployment === undefined ? {} : { deployment }) },
      aws,
      alertDifferences: async (differences) => void alerts.push(differences),
      alertEnding: async (exceptions) => void ending.push(exceptions),
      now: () => clock,
      pause: async (ms) => void pauses.push(ms),
    });
    const pass = (ms: number) => {
      clock += ms;
    };
    return { selfCheck, answers, alerts, ending, pauses, pass, calls };
  }
  const plenty = () => 300_000;
  /** No reading has begun by then: everything is read anew. */
  const afterAll = Number.POSITIVE_INFINITY;

  describe("records what a deployment left", () => {
    const code = (CodeSha256: string) => ({ "lambda:GetFunctionConfiguration": { CodeSha256 } });
    const disabled = { "events:DescribeRule": { State: "DISABLED" } };

    it("once: whoever says it again hides nothing", async () => {
      const { selfCheck, answers } = prepare([], { deployment: "one" });
      await selfCheck.declare(plenty);
      Object.assign(answers, disabled);
      const before = (await selfCheck.check(afterAll)).differences;
      await selfCheck.declare(plenty);
      expect(before).not.to.deep.equal([]);
      expect((await selfCheck.check(afterAll)).differences).to.deep.equal(before);
    });

    it("again after another configuration or other code", async () => {
      const table = aTable();
      await prepare([], { deployment: "one", table }).selfCheck.declare(plenty);
      for (const [deployment, sha256, State] of [
        ["two", "a", "DISABLED"],
        ["two", "b", "ENABLED"],
      ] as const) {
        const { selfCheck, answers } = prepare([], { deployment, table });
        Object.assign(answers, code(sha256), { "events:DescribeRule": { State } });
        expect((await selfCheck.check(afterAll)).differences, "before").not.to.deep.equal([]);
        await selfCheck.declare(plenty);
        expect((await selfCheck.check(afterAll)).differences, "after").to.deep.equal([]);
      }
    });

    it("again while something could not be read", async () => {
      const { selfCheck, answers } = prepare([], { deployment: "one" });
      answers["dynamodb:DescribeTable"] = () => {
        throw awsError("AccessDeniedException");
      };
      await selfCheck.declare(plenty);
      expect((await selfCheck.check(afterAll)).differences).not.to.deep.equal([]);
      answers["dynamodb:DescribeTable"] = {};
      await selfCheck.declare(plenty);
      expect((await selfCheck.check(afterAll)).differences).to.deep.equal([]);
    });
  });

  it("is quiet while everything is as a deployment left it", async () => {
    const { selfCheck, alerts } = prepare();
    await selfCheck.declare(plenty);
    expect(await selfCheck.checkAndReport()).to.deep.equal([]);
    expect(alerts).to.deep.equal([]);
  });

  it("reports a difference once, again when it changes, and when it is gone", async () => {
    const { selfCheck, answers, alerts } = prepare();
    await selfCheck.declare(plenty);
    answers["cloudtrail:GetEventSelectors"] = { EventSelectors: [{ IncludeManagementEvents: false }] };
    for (let hour = 0; hour < 3; hour++) await selfCheck.checkAndReport();
    expect(alerts).to.have.length(1);
    expect(alerts[0]).to.deep.equal([
      {
        part: "trail cloudtrailer-red",
        by: "GetEventSelectors",
        declared: "{}",
        found: '{"EventSelectors":[{"IncludeManagementEvents":false}]}',
        means: "from now on attacks may go unseen",
        repair: "pulumi up --refresh",
      },
    ]);
    answers["cloudtrail:GetTrailStatus"] = { IsLogging: false };
    await selfCheck.checkAndReport();
    expect(alerts[1]).to.have.length(2);
    Object.assign(answers, { "cloudtrail:GetTrailStatus": { IsLogging: true } });
    answers["cloudtrail:GetEventSelectors"] = {};
    await selfCheck.checkAndReport();
    expect(alerts[2]).to.deep.equal([]);
    await selfCheck.checkAndReport();
    expect(alerts).to.have.length(3);
  });

  const changes: Record<string, { change: Answers; by: string; part: string }> = {
    "a delivery error of the trail": {
      change: { "cloudtrail:GetTrailStatus": { IsLogging: true, LatestDeliveryError: "AccessDenied" } },
      by: "GetTrailStatus",
      part: "trail cloudtrailer-red",
    },
    "a filter that lets no alert through": {
      change: {
        "sns:GetSubscriptionAttributes": {
          Attributes: { FilterPolicyScope: "MessageAttributes", FilterPolicy: '{"severity":["none"]}' },
        },
      },
      by: "GetSubscriptionAttributes email #",
      part: "topic security-alerts-red",
    },
    "an inline policy with other permissions under its name": {
      change: { "iam:GetRolePolicy": { PolicyDocument: '{"Statement":[{"Effect":"Deny"}]}' } },
      by: "GetRolePolicy execution-policy",
      part: `role ${role}`,
    },
    "another version of a managed policy": {
      change: {
        "iam:GetPolicyVersion": { PolicyVersion: { Document: '{"Statement":[{"Effect":"Deny"}]}' } },
      },
      by: `GetPolicyVersion ${role}-remediations-1`,
      part: `role ${role}`,
    },
    "a rule of the second path that is disabled": {
      change: { "events:DescribeRule": { State: "DISABLED" } },
      by: `DescribeRule ${watch}.sight`,
      part: `rules ${watch}.* (us-west-2)`,
    },
    "a rule that reports to somebody else": {
      change: { "events:ListTargetsByRule": { Targets: [{ Id: "people", Arn: arn("sns", "elsewhere") }] } },
      by: `ListTargetsByRule ${watch}.sight`,
      part: `rules ${watch}.* (bus ${watch})`,
    },
    "a rule on the findings bus that is disabled": {
      change: { "events:DescribeRule": { State: "DISABLED" } },
      by: `DescribeRule ${watch}.sight`,
      part: `rules * (bus ${bus})`,
    },
    "a rule that takes findings elsewhere": {
      change: { "events:ListRules": { Rules: [{ Name: `${watch}.sight` }, { Name: "exfiltrate" }] } },
      by: "ListRules",
      part: `rules * (bus ${bus})`,
    },
    "findings that are sent to somebody else": {
      change: {
        "events:DescribeApiDestination": {
          ApiDestinationState: "ACTIVE",
          ConnectionArn: arn("events", `connection/${sender}/7f2c`),
          InvocationEndpoint: "https://elsewhere.example.com",
        },
      },
      by: `DescribeApiDestination ${sender}`,
      part: `rules * (bus ${bus})`,
    },
    "another token": {
      change: {
        "events:DescribeConnection": { ConnectionState: "AUTHORIZED", LastModifiedTime: 1_800_000_000 },
      },
      by: `DescribeConnection ${sender}`,
      part: `rules * (bus ${bus})`,
    },
    "a findings bus that anybody may put events on": {
      change: { "events:DescribeEventBus": { Policy: undefined } },
      by: "DescribeEventBus",
      part: `bus ${bus}`,
    },
    "alarms without actions": {
      change: {
        "cloudwatch:DescribeAlarms": {
          MetricAlarms: [{ AlarmName: `${watch}.errors`, ActionsEnabled: false }],
        },
      },
      by: "DescribeAlarms",
      part: `alarms ${watch}.*`,
    },
    "a function without concurrency": {
      change: { "lambda:GetFunctionConcurrency": { ReservedConcurrentExecutions: 0 } },
      by: "GetFunctionConcurrency",
      part: "function cloudtrailer-red",
    },
    "a table that forgets too early": {
      change: {
        "dynamodb:DescribeTimeToLive": {
          TimeToLiveDescription: { AttributeName: "at", TimeToLiveStatus: "ENABLED" },
        },
      },
      by: "DescribeTimeToLive",
      part: "table findings-red",
    },
  };
  for (const [name, { change, by, part }] of Object.entries(changes))
    it(`sees ${name}, and says what it means`, async () => {
      const { selfCheck, answers } = prepare();
      await selfCheck.declare(plenty);
      Object.assign(answers, change);
      const { differences } = await selfCheck.check(afterAll);
      const found = differences.find((one) => one.part === part && one.by.startsWith(by));
      expect(found?.means, JSON.stringify(differences)).to.match(/^from now on/);
      expect(found?.repair).to.match(/pulumi up --refresh$/);
    });

  /** What the calls on a part can set, by the look that shows it: `Table.` is where in the answer it is. */
  const settable: { sets: string; by: string; at?: string; takes?: string[]; leaves: string[] }[] = [
    {
      sets: "sns:SetTopicAttributes",
      by: "sns:GetTopicAttributes",
      at: "Attributes.",
      takes: ["DeliveryPolicy", "KmsMasterKeyId", "MaximumMessageSize", "Policy", "SignatureVersion"],
      leaves: [],
    },
    {
      sets: "sns:SetSubscriptionAttributes",
      by: "sns:GetSubscriptionAttributes",
      at: "Attributes.",
      takes: ["DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy"],
      leaves: [],
    },
    {
      sets: "sqs:SetQueueAttributes",
      by: "sqs:GetQueueAttributes",
      at: "Attributes.",
      takes: [
        "DelaySeconds",
        "KmsDataKeyReusePeriodSeconds",
        "KmsMasterKeyId",
        "MaximumMessageSize",
        "MessageRetentionPeriod",
        "Policy",
        "ReceiveMessageWaitTimeSeconds",
        "RedriveAllowPolicy",
        "RedrivePolicy",
        "SqsManagedSseEnabled",
        "VisibilityTimeout",
      ],
      leaves: [],
    },
    {
      sets: "lambda:UpdateFunctionConfiguration",
      by: "lambda:GetFunctionConfiguration",
      // Of a function that is an image; and its tracing, which stops nothing.
      leaves: ["Description", "FunctionName", "ImageConfig", "RevisionId", "TracingConfig"],
    },
    {
      sets: "dynamodb:UpdateTable",
      by: "dynamodb:DescribeTable",
      at: "Table.",
      // Keys of indexes are seen with these. DynamoDB itself warms a table up.
      leaves: ["AttributeDefinitions", "TableName", "WarmThroughput"],
    },
    {
      sets: "events:UpdateEventBus",
      by: "events:DescribeEventBus",
      leaves: ["Description", "Name"],
    },
    {
      sets: "events:PutRule",
      by: "events:DescribeRule",
      leaves: ["Description", "EventBusName", "Name", "Tags"],
    },
    {
      sets: "stepfunctions:UpdateStateMachine",
      by: "stepfunctions:DescribeStateMachine",
      leaves: ["publish", "stateMachineArn", "versionDescription"],
    },
    {
      sets: "cloudtrail:UpdateTrail",
      by: "cloudtrail:GetTrail",
      at: "Trail.",
      // Log files do not go that way.
      leaves: ["CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn", "Name"],
    },
  ];

  /** Where an answer has what a call sets under another name, and what is there then. */
  const shownAs: Record<string, object> = {
    BillingMode: { BillingModeSummary: { BillingMode: "PROVISIONED" } },
    EnableLogFileValidation: { LogFileValidationEnabled: false },
    Environment: { Environment: { Variables: { OTHER: "1" } } },
    GlobalSecondaryIndexUpdates: { GlobalSecondaryIndexes: [{ IndexName: "other" }] },
    GlobalTableWitnessUpdates: { GlobalTableWitnesses: [{ RegionName: "eu-west-1" }] },
    Layers: { Layers: [{ Arn: "arn:other" }] },
    LoggingConfig: { LoggingConfig: { ApplicationLogLevel: "FATAL" } },
    ProvisionedThroughput: { ProvisionedThroughput: { WriteCapacityUnits: 1 } },
    ReplicaUpdates: { Replicas: [{ RegionName: "eu-west-1" }] },
    SSESpecification: { SSEDescription: { KMSMasterKeyArn: "arn:other" } },
    SnapStart: { SnapStart: { ApplyOn: "PublishedVersions" } },
    SnsTopicName: { SnsTopicARN: "arn:other" },
    TableClass: { TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" } },
    VectorIndexUpdates: { VectorIndexes: [{ IndexName: "other" }] },
    VpcConfig: { VpcConfig: { SecurityGroupIds: ["sg-0123456789abcdef0"] } },
    loggingConfiguration: { loggingConfiguration: { level: "OFF" } },
    tracingConfiguration: { tracingConfiguration: { enabled: true } },
  };

  for (const { sets, by, at = "", takes, leaves } of settable)
    it(`sees whatever ${sets} can set`, async () => {
      const [service = "", operation = ""] = sets.split(":");
      const model = modelOf({ service, operation, input: {}, region: "us-west-2" });
      const input = model.operations[operation]?.input;
      const given = takes ?? Object.keys((input && model.shapes[input.shape]?.members) ?? {});
      expect(given).to.include.members(leaves);
      const unseen: string[] = [];
      for (const name of given.filter((one) => !leaves.includes(one))) {
        const { selfCheck, answers } = prepare();
        await selfCheck.declare(plenty);
        const member = at.replace(".", "");
        const sound = (answers[by] ?? {}) as Record<string, unknown>;
        const set = shownAs[name] ?? { [name]: "another value" };
        answers[by] =
          member === "" ? { ...sound, ...set } : { ...sound, [member]: { ...(sound[member] ?? {}), ...set } };
        const { differences } = await selfCheck.check(afterAll);
        if (!differences.some((one) => by.endsWith(`:${one.by.split(" ")[0]}`))) unseen.push(name);
      }
      expect(unseen).to.deep.equal([]);
    });

  it("sees whatever cloudwatch:PutMetricAlarm can set", async () => {
    const alarm = { AlarmName: `${watch}.errors`, ActionsEnabled: true };
    const model = modelOf({
      service: "cloudwatch",
      operation: "PutMetricAlarm",
      input: {},
      region: "us-west-2",
    });
    const members = Object.keys(model.shapes.PutMetricAlarmInput?.members ?? {});
    expect(members).to.include("Unit");
    const unseen: string[] = [];
    for (const name of members.filter((one) => one !== "Tags")) {
      const { selfCheck, answers } = prepare();
      answers["cloudwatch:DescribeAlarms"] = { MetricAlarms: [alarm] };
      await selfCheck.declare(plenty);
      const value = /Actions$|Dimensions/.test(name) ? ["another"] : "another";
      answers["cloudwatch:DescribeAlarms"] = { MetricAlarms: [{ ...alarm, [name]: value }] };
      if ((await selfCheck.check(afterAll)).differences.length === 0) unseen.push(name);
    }
    expect(unseen).to.deep.equal([]);
  });

  it("has other code replaced, which Pulumi does not see", async () => {
    const { selfCheck, answers } = prepare();
    await selfCheck.declare(plenty);
    answers["lambda:GetFunctionConfiguration"] = { CodeSha256: "b3RoZXIgY29kZQ==" };
    expect((await selfCheck.check(afterAll)).differences.map(({ repair }) => repair)).to.deep.equal([
      "aws lambda delete-function --function-name cloudtrailer-red && pulumi up --refresh",
      `aws lambda delete-function --function-name ${history} && pulumi up --refresh`,
    ]);
    answers["lambda:GetFunctionConfiguration"] = () => {
      throw awsError("ResourceNotFoundException");
    };
    expect(new Set((await selfCheck.check(afterAll)).differences.map(({ repair }) => repair))).to.deep.equal(
      new Set(["pulumi up --refresh"]),
    );
  });

  it("treats what it may no longer read, or what is gone, as a difference", async () => {
    const { selfCheck, answers } = prepare();
    await selfCheck.declare(plenty);
    answers["dynamodb:DescribeTable"] = () => {
      throw awsError("AccessDeniedException");
    };
    answers["lambda:GetPolicy"] = () => {
      throw awsError("ResourceNotFoundException");
    };
    expect(
      (await selfCheck.check(afterAll)).differences.map(({ by, found }) => [by, found]),
    ).to.have.deep.members([
      ["GetPolicy", '"(none)"'],
      ["GetPolicy", '"(none)"'],
      ["DescribeTable", '"(not readable: AccessDeniedException)"'],
    ]);
  });

  it("waits for a new role when it is deployed, but not until its time is over", async () => {
    const { selfCheck, answers, pauses } = prepare();
    let denials = 2;
    answers["dynamodb:DescribeTable"] = () => {
      if (denials-- > 0) throw awsError("AccessDeniedException");
      return {};
    };
    await selfCheck.declare(plenty);
    expect(pauses).to.have.length(2);
    expect((await selfCheck.check(afterAll)).differences).to.deep.equal([]);

    denials = Number.POSITIVE_INFINITY;
    await selfCheck.declare(() => 10_000);
    expect(pauses).to.have.length(2);
    expect(
      (await selfCheck.check(afterAll)).differences.map(({ by }) => by),
      "it is no sound state",
    ).to.deep.equal(["DescribeTable"]);
  });

  it("says that nobody hears when no subscriber is confirmed, and keeps the settings of one that is at last", async () => {
    const { selfCheck, answers } = prepare();
    const confirmed = answers["sns:ListSubscriptionsByTopic"];
    const pending = {
      Protocol: "email",
      Endpoint: "red@example.com",
      SubscriptionArn: "PendingConfirmation",
    };
    answers["sns:ListSubscriptionsByTopic"] = { Subscriptions: [pending] };
    answers["events:ListTargetsByRule"] = { Targets: [] };
    await selfCheck.declare(plenty);
    expect((await selfCheck.checkAndReport()).map(({ part, found }) => [part, found])).to.deep.equal([
      ["topic security-alerts-red", "none"],
    ]);
    Object.assign(answers, { "sns:ListSubscriptionsByTopic": confirmed });
    expect(await selfCheck.checkAndReport()).to.deep.equal([]);
    answers["sns:GetSubscriptionAttributes"] = { Attributes: { FilterPolicy: '{"severity":["none"]}' } };
    expect((await selfCheck.check(afterAll)).differences.map(({ by }) => by)[0]).to.match(
      /^GetSubscriptionAttributes/,
    );
  });

  it("takes a channel of the findings bus for somebody who hears", async () => {
    const { selfCheck, answers } = prepare();
    answers["sns:ListSubscriptionsByTopic"] = { Subscriptions: [] };
    await selfCheck.declare(plenty);
    expect(await selfCheck.checkAndReport()).to.deep.equal([]);
  });

  it("reports exceptions that end within a week, each once", async () => {
    const soon: Exception = {
      detection: "root-activity",
      reason: "break glass",
      owner: "red",
      until: new Date(aMinuteLater + 6 * 86_400_000).toISOString(),
    };
    const later = { ...soon, until: new Date(aMinuteLater + 8 * 86_400_000).toISOString() };
    const { selfCheck, ending, pass } = prepare([soon, later]);
    await selfCheck.declare(plenty);
    for (let hour = 0; hour < 3; hour++) expect(await selfCheck.checkAndReport()).to.deep.equal([]);
    expect(ending).to.deep.equal([[soon]]);
    pass(2 * 86_400_000);
    await selfCheck.checkAndReport();
    expect(ending).to.deep.equal([[soon], [later]]);
    pass(20 * 86_400_000);
    await selfCheck.checkAndReport();
    expect(ending).to.have.length(2);
  });

  it("says that nothing can be compared if no deployment has left anything", async () => {
    const { selfCheck, alerts } = prepare();
    await selfCheck.checkAndReport();
    expect(alerts[0]?.[0]).to.include({ part: "self-check", by: "deployment" });
  });

  it("knows the first deployment, until it has ended or an hourly check has found nothing recorded", async () => {
    const { selfCheck } = prepare();
    const during = await selfCheck.check(afterAll);
    expect(during.isFirstDeployment).to.equal(true);
    expect(during.differences).to.have.length(1);
    await selfCheck.declare(plenty);
    expect(await selfCheck.check(afterAll)).to.include({ isFirstDeployment: false });

    const broken = prepare();
    await broken.selfCheck.checkAndReport();
    expect(await broken.selfCheck.check(afterAll)).to.include({ isFirstDeployment: false });
  });

  describe("uses the last reading again", () => {
    const disabled = { "events:DescribeRule": { State: "DISABLED" } };

    async function checked() {
      const prepared = prepare();
      const { selfCheck, calls } = prepared;
      await selfCheck.declare(plenty);
      await selfCheck.check(aMinuteLater);
      /** How many calls a comparison takes besides the one that reads what was declared. */
      const readings = async (since: number) => {
        const before = calls.length;
        const { differences } = await selfCheck.check(since);
        return { calls: calls.length - before - 1, differences: differences.length };
      };
      return { ...prepared, readings };
    }

    it("for a call that was over when it began, with another that is still being read, too", async () => {
      const { answers, pass, readings, selfCheck, calls } = await checked();
      pass(30_000);
      Object.assign(answers, disabled);
      expect(await readings(aMinuteLater)).to.deep.equal({ calls: 0, differences: 0 });
      const before = calls.length;
      const later = [aMinuteLater + 1, aMinuteLater + 2].map((since) => selfCheck.check(since));
      for (const { differences } of await Promise.all(later)) expect(differences).not.to.deep.equal([]);
      expect(calls.slice(before).filter(({ operation }) => operation === "DescribeTable")).to.have.length(1);
    });

    it("not for a later call", async () => {
      const { answers, pass, readings } = await checked();
      pass(1);
      Object.assign(answers, disabled);
      expect((await readings(aMinuteLater + 1)).differences).to.be.greaterThan(0);
    });

    it("not after a minute", async () => {
      const { answers, pass, readings } = await checked();
      pass(60_001);
      Object.assign(answers, disabled);
      expect((await readings(aMinuteLater)).differences).to.be.greaterThan(0);
    });

    it("not if it failed", async () => {
      const { answers, pass, readings } = await checked();
      const sound = answers["iam:GetRole"];
      answers["iam:GetRole"] = () => {
        throw awsError("ServiceUnavailable");
      };
      pass(1);
      const error = await readings(aMinuteLater + 1).catch((reason: Error) => reason);
      expect(String(error)).to.match(/ServiceUnavailable/);
      Object.assign(answers, { "iam:GetRole": sound });
      expect((await readings(aMinuteLater)).calls).to.be.greaterThan(0);
    });

    it("with what a deployment has left since", async () => {
      const { answers, pass, readings, selfCheck } = await checked();
      Object.assign(answers, disabled);
      pass(1);
      expect((await readings(aMinuteLater + 1)).differences).to.be.greaterThan(0);
      await selfCheck.declare(plenty);
      expect(await readings(aMinuteLater + 1)).to.deep.equal({ calls: 0, differences: 0 });
    });

    it("never in the hourly check", async () => {
      const { answers, selfCheck } = await checked();
      Object.assign(answers, disabled);
      expect(await selfCheck.checkAndReport()).not.to.deep.equal([]);
    });

    it("after a deployment, for which everything was read", async () => {
      const { calls, selfCheck } = prepare();
      await selfCheck.declare(plenty);
      expect(await selfCheck.checkAndReport(aMinuteLater)).to.deep.equal([]);
      expect(calls.filter(({ operation }) => operation === "DescribeTable")).to.have.length(1);
    });
  });

  it("throws passing errors, and reports again what could not be reported", async () => {
    const { selfCheck, answers } = prepare();
    await selfCheck.declare(plenty);
    answers["iam:GetRole"] = () => {
      throw awsError("ServiceUnavailable");
    };
    const error = await selfCheck.check(afterAll).catch((reason: Error) => reason);
    expect(String(error)).to.match(/ServiceUnavailable/);
  });
});
