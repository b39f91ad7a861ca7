import { Readable } from "node:stream";
import type { SNSEvent } from "aws-lambda";
import { expect } from "chai";
import fc from "fast-check";
import type { Alert } from "../../../handlers/alerts/alert";
import type { CallAws } from "../../../handlers/aws/call";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { createHandler } from "../../../handlers/index";
import { sameJson } from "../../../handlers/json";
import { account, aLogFile, awsError, region, someSettings } from "../../support/factories";
import { aMemoryAccount } from "../../support/memory-account";
import { aTable } from "../../support/memory-dynamodb";

/** A call: `["s3", "DeletePublicAccessBlock", { Bucket }]`. */
type Made = [service: string, operation: string, input: Record<string, unknown>];

/** Things of one type, and what may be done to them. */
interface Target {
  make: Made[];
  attacks: Record<string, Made>;
  /** Those that alone, and before one another, are undone whole. */
  undone: string[];
}

const stranger = "444455556666";
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

const Bucket = "acme-cloudtrail";
const allow = (Sid: string, AWS: string) => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS },
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::${Bucket}/*`,
});
const ours = allow("ours", `arn:aws:iam::${account}:role/app`);
const flags = (value: boolean) => ({
  BlockPublicAcls: value,
  IgnorePublicAcls: value,
  BlockPublicPolicy: value,
  RestrictPublicBuckets: value,
});
const encryption = (owner: string) => ({
  Rules: [
    {
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm: "aws:kms",
        KMSMasterKeyID: `arn:aws:kms:${region}:${owner}:key/k`,
      },
    },
  ],
});
const replication = (ID: string, Account: string) => ({
  Role: `arn:aws:iam::${account}:role/replication`,
  Rules: [{ ID, Status: "Enabled", Destination: { Bucket: `arn:aws:s3:::${ID}`, Account } }],
});
const lifecycle = (ID: string, Days: number) => ({
  Rules: [{ ID, Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days } }],
});
const put = (operation: string, member: string, value: unknown): Made => [
  "s3",
  operation,
  { Bucket, [member]: value },
];
const remove = (operation: string): Made => ["s3", operation, { Bucket }];

const bucket: Omit<Target, "undone"> = {
  make: [
    remove("CreateBucket"),
    put("PutPublicAccessBlock", "PublicAccessBlockConfiguration", flags(true)),
    put("PutBucketPolicy", "Policy", policy(ours)),
    put("PutBucketVersioning", "VersioningConfiguration", { Status: "Enabled" }),
    put("PutBucketEncryption", "ServerSideEncryptionConfiguration", encryption(account)),
    put("PutBucketReplication", "ReplicationConfiguration", replication("backup", account)),
    put("PutBucketLifecycleConfiguration", "LifecycleConfiguration", lifecycle("keep", 400)),
    put("PutBucketLogging", "BucketLoggingStatus", {
      LoggingEnabled: { TargetBucket: "access", TargetPrefix: "" },
    }),
  ],
  attacks: {
    "block removed": remove("DeletePublicAccessBlock"),
    "block switched off": put("PutPublicAccessBlock", "PublicAccessBlockConfiguration", flags(false)),
    "policy public": put("PutBucketPolicy", "Policy", policy(ours, allow("open", "*"))),
    "policy for a stranger": put("PutBucketPolicy", "Policy", policy(ours, allow("theirs", stranger))),
    "policy replaced": put("PutBucketPolicy", "Policy", policy(allow("theirs", stranger))),
    "policy deleted": remove("DeleteBucketPolicy"),
    "ACL public": put("PutBucketAcl", "ACL", "public-read"),
    "versioning suspended": put("PutBucketVersioning", "VersioningConfiguration", { Status: "Suspended" }),
    "encryption deleted": remove("DeleteBucketEncryption"),
    "encrypted with a stranger's key": put(
      "PutBucketEncryption",
      "ServerSideEncryptionConfiguration",
      encryption(stranger),
    ),
    "replicated to a stranger": put(
      "PutBucketReplication",
      "ReplicationConfiguration",
      replication("loot", stranger),
    ),
    "replication deleted": remove("DeleteBucketReplication"),
    "lifecycle short": put("PutBucketLifecycleConfiguration", "LifecycleConfiguration", lifecycle("soon", 1)),
    "access log off": put("PutBucketLogging", "BucketLoggingStatus", {}),
  },
};

const Name = "main";
const TrailName = Name;
const all = {
  ReadWriteType: "All",
  IncludeManagementEvents: true,
  DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::data/"] }],
  ExcludeManagementEventSources: [],
};
const trailCall = (operation: string, input: object = {}): Made => [
  "cloudtrail",
  operation,
  { Name, ...input },
];
const selected = (...EventSelectors: object[]): Made => [
  "cloudtrail",
  "PutEventSelectors",
  { TrailName, EventSelectors },
];
const insights = (...InsightSelectors: object[]): Made => [
  "cloudtrail",
  "PutInsightSelectors",
  { TrailName, InsightSelectors },
];

const trail: Omit<Target, "undone"> = {
  make: [
    trailCall("CreateTrail", {
      S3BucketName: "logs",
      S3KeyPrefix: "trail",
      SnsTopicName: "topic",
      KmsKeyId: `arn:aws:kms:${region}:${account}:key/k`,
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
      TagsList: [{ Key: "team", Value: "red" }],
    }),
    selected(all),
    insights({ InsightType: "ApiCallRateInsight" }),
    trailCall("StartLogging"),
  ],
  attacks: {
    stopped: trailCall("StopLogging"),
    started: trailCall("StartLogging"),
    deleted: trailCall("DeleteTrail"),
    "made again with less": trailCall("CreateTrail", { S3BucketName: "theirs" }),
    "without management events": selected({ ...all, IncludeManagementEvents: false }),
    "without what reads": selected({ ...all, ReadWriteType: "WriteOnly", DataResources: [] }),
    "another topic": trailCall("UpdateTrail", { SnsTopicName: "theirs" }),
    "another bucket": trailCall("UpdateTrail", { S3BucketName: "theirs", S3KeyPrefix: "" }),
    "without key and validation": trailCall("UpdateTrail", { KmsKeyId: "", EnableLogFileValidation: false }),
    "of one region": trailCall("UpdateTrail", { IsMultiRegionTrail: false }),
    "without insights": insights(),
  },
};

const GroupId = "sg-0123456789abcdef0";
const range = (FromPort: number, CidrIp: string) => ({
  IpProtocol: "tcp",
  FromPort,
  ToPort: FromPort,
  IpRanges: [{ CidrIp }],
});
const authorized = (...IpPermissions: object[]): Made => [
  "ec2",
  "AuthorizeSecurityGroupIngress",
  { GroupId, IpPermissions },
];
const modified = (FromPort: number, CidrIpv4: string): Made => [
  "ec2",
  "ModifySecurityGroupRules",
  {
    GroupId,
    SecurityGroupRules: [
      {
        SecurityGroupRuleId: "sgr-00000000000000001",
        SecurityGroupRule: { IpProtocol: "tcp", FromPort, ToPort: FromPort, CidrIpv4 },
      },
    ],
  },
];

const securityGroup: Omit<Target, "undone"> = {
  make: [authorized(range(22, "10.0.0.0/8")), authorized(range(443, "0.0.0.0/0"))],
  attacks: {
    "SSH opened": authorized(range(22, "0.0.0.0/0")),
    "RDP and more opened": authorized(range(3389, "0.0.0.0/0"), range(5432, "0.0.0.0/0")),
    "the rule widened": modified(22, "0.0.0.0/0"),
    "the rule turned to another port": modified(3389, "0.0.0.0/0"),
  },
};

const RoleName = "app";
const trust = (...AWS: string[]) => policy({ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" });
const admin = policy({ Effect: "Allow", Action: "*", Resource: "*" });
const boundary = `arn:aws:iam::${account}:policy/boundary`;
const roleCall = (operation: string, input: object = {}): Made => ["iam", operation, { RoleName, ...input }];

const role: Omit<Target, "undone"> = {
  make: [
    roleCall("CreateRole", { AssumeRolePolicyDocument: trust(`arn:aws:iam::${account}:root`) }),
    roleCall("PutRolePermissionsBoundary", { PermissionsBoundary: boundary }),
    roleCall("PutRolePolicy", {
      PolicyName: "own",
      PolicyDocument: policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
    }),
  ],
  attacks: {
    "trusts a stranger too": roleCall("UpdateAssumeRolePolicy", {
      PolicyDocument: trust(`arn:aws:iam::${account}:root`, `arn:aws:iam::${stranger}:root`),
    }),
    "trusts a stranger alone": roleCall("UpdateAssumeRolePolicy", {
      PolicyDocument: trust(`arn:aws:iam::${stranger}:root`),
    }),
    "boundary removed": roleCall("DeleteRolePermissionsBoundary"),
    "another boundary": roleCall("PutRolePermissionsBoundary", {
      PermissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
    "administrator attached": roleCall("AttachRolePolicy", {
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
    "administrator inline": roleCall("PutRolePolicy", { PolicyName: "more", PolicyDocument: admin }),
    "inline policy overwritten": roleCall("PutRolePolicy", { PolicyName: "own", PolicyDocument: admin }),
  },
};

const KeyId = "1f2e3d4c-aaaa-4bbb-8ccc-0123456789ab";
const keyCall = (operation: string, input: object = {}): Made => ["kms", operation, { KeyId, ...input }];
const key: Omit<Target, "undone"> = {
  make: [keyCall("CreateKey")],
  attacks: {
    disabled: keyCall("DisableKey"),
    "to be deleted": keyCall("ScheduleKeyDeletion", { PendingWindowInDays: 7 }),
    "deletion cancelled": keyCall("CancelKeyDeletion"),
    "granted to a stranger": keyCall("CreateGrant", {
      GranteePrincipal: `arn:aws:iam::${stranger}:root`,
      Operations: ["Decrypt"],
    }),
  },
};

/** A target, of which all attacks are undone but these. */
function but(target: Omit<Target, "undone">, ...attacks: string[]): Target {
  return { ...target, undone: Object.keys(target.attacks).filter((attack) => !attacks.includes(attack)) };
}

const targets: Record<string, Target> = {
  // Where the block is on, AWS refuses what would be public.
  bucket: but(bucket, "policy public", "ACL public"),
  "bucket without a block": but(
    { ...bucket, make: bucket.make.filter(([, operation]) => operation !== "PutPublicAccessBlock") },
    // Contained, and the block that contains it stays.
    "policy public",
    "block removed",
    "block switched off",
  ),
  // Insights are alerted; the others are no attacks, or none without another one.
  trail: but(trail, "without insights", "started", "made again with less"),
  "security group": but(securityGroup),
  role: but(role),
  key: but(key, "deletion cancelled"),
};

/** One of a row of attacks. */
interface Step {
  attack: string;
  user: string;
  /** Whether the system looks at everything after it, as it does every hour. */
  looked: boolean;
}

/** More than one: of one alone, the third fix would be a remediation loop. */
const users = ["mallory", "trudy", "eve"];

/** How the records of a row come. */
const deliveries = ["one by one", "together", "the last first"] as const;
type Delivery = (typeof deliveries)[number];

/** What became of a row of attacks. */
interface Ended {
  before: unknown;
  after: unknown;
  alerts: Alert[];
}

const begin = Date.parse("2026-05-04T10:00:00Z");

/** A stack in mode fix that has looked at everything once, and the account that it guards. */
async function aGuardedAccount({ make }: Target, isSeen: boolean) {
  const world = aMemoryAccount();
  for (const call of make) await world.make(...call);
  // Another trail, so that all is recorded whatever becomes of the one that is attacked.
  if (isSeen) {
    await world.make("cloudtrail", "CreateTrail", { Name: "audit", S3BucketName: "audit" });
    await world.make("cloudtrail", "StartLogging", { Name: "audit" });
  }
  // What is new is not being learnt any more.
  const table = aTable({ "novelty#begin": { at: { N: "0" } } });
  const files = new Map<string, Buffer>();
  const alerts: Alert[] = [];
  let clock = begin;
  let refusedFrom = Number.POSITIVE_INFINITY;
  let writes = 0;
  const aws: CallAws = async (call) => {
    const { service, operation, input } = call;
    if (service === "dynamodb") return table.aws(call);
    if (service === "sns") {
      const forms = JSON.parse(String(input.Message)) as { default: string };
      alerts.push(JSON.parse(forms.default) as Alert);
      return {};
    }
    if (operation === "GetObject") {
      const file = files.get(String(input.Key));
      if (file === undefined) throw awsError("NoSuchKey");
      return { Body: Readable.from([file]) };
    }
    if (world.changes(call) && writes++ >= refusedFrom) throw awsError("AccessDenied", `not ${operation}`);
    return world.aws(call);
  };
  const settings = someSettings({
    mode: "fix",
    detections: { "s3-bucket-policy-public": { mode: "fix" } },
    maxFixesPerHour: 1_000,
    maxFixesPerHourOfAccount: 1_000,
  });
  settings.context.allowedRegions = [region];
  const platform = { aws, write: () => {}, now: () => clock, pause: async () => {} };
  const handle = createHandler(settings, platform);
  const invocation = { awsRequestId: "r", getRemainingTimeInMillis: () => 300_000 };
  const look = async () => {
    clock += 10_000;
    await handle({ cloudtrailer: "keep-baselines", at: "schedule" }, invocation);
    clock += 10_000;
  };
  const deliver = async (...records: CloudTrailRecord[]) => {
    clock += 10_000;
    const name = `AWSLogs/${account}/CloudTrail/${region}/2026/05/04/${files.size}.json.gz`;
    files.set(name, aLogFile(...records));
    const Message = JSON.stringify({ s3Bucket: settings.bucket, s3ObjectKey: [name] });
    await handle({ Records: [{ Sns: { Message, MessageId: "m" } }] } as unknown as SNSEvent, invocation);
    clock += 10_000;
  };
  const attack = async ([service, operation, input]: Made, user: string, index: number) => {
    clock += 5_000;
    const eventID = `0f0e0d0c-0000-4000-8000-00000000000${index}`;
    const record = await world.attack({ service, operation, input }, { eventID, at: clock, user });
    clock += 5_000;
    return record;
  };
  await look();
  // That the stack's own parts are not in this account.
  alerts.length = 0;
  return {
    world,
    alerts,
    look,
    deliver,
    attack,
    state: () => JSON.parse(JSON.stringify(world.state())) as unknown,
    /** Has AWS refuse the function's calls, all but the first so many. */
    refuseAfter: (calls: number) => {
      refusedFrom = calls;
    },
  };
}

/** Attacks in a row, and handles the records. */
async function ended(target: Target, steps: Step[], delivery: Delivery, isSeen: boolean): Promise<Ended> {
  const { alerts, look, deliver, attack, state } = await aGuardedAccount(target, isSeen);
  const before = state();
  const records: CloudTrailRecord[] = [];
  for (const [index, { attack: name, user, looked }] of steps.entries()) {
    const record = await attack(target.attacks[name] as Made, user, index);
    if (record !== undefined) {
      records.push(record);
      if (delivery === "one by one") await deliver(record);
    }
    if (looked) await look();
  }
  if (delivery === "together" && records.length > 0) await deliver(...records);
  if (delivery === "the last first") for (const record of records.reverse()) await deliver(record);
  return { before, after: state(), alerts };
}

/** Whether an alert says that not all is as it was. */
function admits({ outcome, reason, done }: Alert): boolean {
  return outcome !== "already-ok" && (outcome !== "fixed" || reason !== undefined || done?.contains === true);
}

function shown({ before, after, alerts }: Ended): string {
  const lines = alerts.map(({ detection, outcome, reason = "" }) => `${detection} ${outcome}: ${reason}`);
  return [...lines, JSON.stringify(before), JSON.stringify(after)].join("\n");
}

/** Rows of attacks by one or two, among which the system may have looked at everything. */
function rowsOf({ attacks }: Target) {
  return fc.array(
    fc.record({
      attack: fc.constantFrom(...Object.keys(attacks)),
      user: fc.constantFrom(...users),
      looked: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  );
}

for (const [name, target] of Object.entries(targets))
  describe(`attacks on a ${name}`, () => {
    it("are undone whatever their order, or an alert says what is left", () =>
      fc.assert(
        fc.asyncProperty(
          rowsOf(target),
          fc.constantFrom(...deliveries),
          fc.boolean(),
          async (steps, delivery, isSeen) => {
            const end = await ended(target, steps, delivery, isSeen || name !== "trail");
            if (!sameJson(end.before, end.after)) expect(end.alerts.some(admits), shown(end)).to.equal(true);
          },
        ),
        { numRuns: 100 },
      ));

    it("are undone one after the other when each is handled before the next", () =>
      fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(target.undone, { minLength: 1, maxLength: 3 }),
          async (names) => {
            const steps = names.map((attack, index) => ({ attack, user: users[index] ?? "", looked: false }));
            const end = await ended(target, steps, "one by one", true);
            expect(sameJson(end.before, end.after), shown(end)).to.equal(true);
          },
        ),
        { numRuns: 100 },
      ));

    for (const attack of target.undone)
      it(`${attack}: a fix that is refused in between can be rolled back by what its alert says`, async () => {
        for (let made = 0; ; made++) {
          const {
            world,
            alerts,
            deliver,
            attack: make,
            state,
            refuseAfter,
          } = await aGuardedAccount(target, true);
          const record = await make(target.attacks[attack] as Made, "mallory", 0);
          const attacked = state();
          refuseAfter(made);
          if (record !== undefined) await deliver(record);
          const [alert] = alerts;
          if (alert?.outcome !== "failed") {
            expect(made, alert?.reason).to.be.greaterThan(0);
            return;
          }
          expect(alert.rollback === undefined, "a rollback of nothing").to.equal(made === 0);
          for (const { service, operation, input } of alert.rollback?.calls ?? [])
            await world.make(service, operation, input);
          expect(sameJson(state(), attacked), `after the rollback of ${made} calls`).to.equal(true);
        }
      });
  });
