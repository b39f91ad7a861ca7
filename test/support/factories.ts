import type { PeriodSummary } from "../../handlers/findings/periods";
import type { Call, CallAws } from "../../handlers/aws/call";
import { gzipSync } from "node:zlib";
import type { Actor } from "../../handlers/cloudtrail/actor";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import type { Detection } from "../../handlers/detections/detection";
import type { Finding } from "../../handlers/detections/finding";
import type { Settings } from "../../handlers/settings";

export const account = "111122223333";
export const region = "us-west-2";

/** A user attaches the administrator policy to another user. */
export function aRecord(own: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLEMALLORY000",
      arn: `arn:aws:iam::${account}:user/mallory`,
      accountId: account,
      accessKeyId: "AKIAEXAMPLEMALLORY00",
      userName: "mallory",
    },
    eventTime: "2026-05-04T10:00:00Z",
    eventSource: "iam.amazonaws.com",
    eventName: "AttachUserPolicy",
    awsRegion: "us-east-1",
    sourceIPAddress: "198.51.100.7",
    userAgent: "aws-cli/2.30.0",
    requestParameters: { userName: "bob", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    responseElements: null,
    requestID: "6d5c2b3e-0000-4000-8000-00000000000a",
    eventID: "0f0e0d0c-0000-4000-8000-000000000001",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
    ...own,
  };
}

/** The time when {@link aRecord} is a minute old, epoch ms. */
export const aMinuteLater = Date.parse("2026-05-04T10:01:00Z");

/** A detection of administrator policies attached to users. */
export function aDetection(own: Partial<Detection> = {}): Detection {
  return {
    id: "iam-admin-policy-attached-user",
    title: "Administrator policy attached to a user",
    severity: "critical",
    attack: { technique: "T1098.003" },
    tier: "core",
    noise: "rare",
    events: ["iam:AttachUserPolicy"],
    remediation: "inverse",
    match: () => ({
      evidence: [
        { parameter: "requestParameters.policyArn", value: "arn:aws:iam::aws:policy/AdministratorAccess" },
      ],
      resources: [{ type: "AWS::IAM::User", id: "bob" }],
    }),
    runbook: ["Ask mallory.", "Look at what bob did since.", "Rotate mallory's keys."],
    falsePositives: ["A new administrator starts work."],
    references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"],
    ...own,
  };
}

/** The item of {@link aFinding} in the table, when it waits for a person. @param decidedAt when its fix was planned, ISO */
export function aWaitingItem(plan: object, decidedAt: string) {
  const { record, match, source, actor, detection } = aFinding();
  const about = { title: "It happened", severity: "high", detection: detection.id, actor: actor.arn };
  return {
    state: { S: "done" },
    outcome: { S: "awaiting-approval" },
    decidedAt: { S: decidedAt },
    plan: { S: JSON.stringify(plan) },
    about: { S: JSON.stringify(about) },
    basis: { S: JSON.stringify({ record, match, source }) },
    leaseUntil: { N: "0" },
  };
}

/** The finding of {@link aRecord} by {@link aDetection}. */
export function aFinding(
  own: Partial<Finding> = {},
  record: CloudTrailRecord = aRecord(),
  actor: Partial<Actor> = {},
): Finding {
  const detection = own.detection ?? aDetection();
  return {
    id: `${record.eventID}#${detection.id}`,
    detection,
    severity: detection.severity,
    title: detection.title,
    match: {
      evidence: [
        { parameter: "requestParameters.policyArn", value: "arn:aws:iam::aws:policy/AdministratorAccess" },
      ],
      resources: [{ type: "AWS::IAM::User", id: "bob" }],
    },
    record,
    actor: {
      type: "IAMUser",
      name: "mallory",
      arn: `arn:aws:iam::${account}:user/mallory`,
      account,
      accessKeyId: "AKIAEXAMPLEMALLORY00",
      sourceIPAddress: "198.51.100.7",
      userAgent: "aws-cli/2.30.0",
      ...actor,
    },
    account,
    region: record.awsRegion,
    source: `s3://lambdasharp-red-cloudtrail/AWSLogs/${account}/CloudTrail/us-east-1/2026/05/04/a.json.gz`,
    ...own,
  };
}

/** The summary of an hour. */
export function aPeriod(): PeriodSummary {
  return {
    key: "hourly-below-high",
    every: "hourly",
    below: "high",
    detections: [],
    accounts: [],
    since: "2026-05-04T10:00:00.000Z",
    until: "2026-05-04T11:00:00.000Z",
    findings: 3,
    by: {
      severity: { low: 2, medium: 1 },
      outcome: { planned: 2, alerted: 1 },
      detection: { "iam-user-created": 2, "s3-bulk-delete": 1 },
      account: { [account]: 3 },
    },
    examples: [
      {
        id: "1#iam-user-created",
        title: "A user was created",
        severity: "medium",
        outcome: "planned",
        account,
        resources: ["bob"],
      },
    ],
  };
}

export function someSettings(own: Partial<Settings> = {}): Settings {
  return {
    team: "red",
    account,
    region,
    bucket: "lambdasharp-red-cloudtrail",
    prefix: `AWSLogs/${account}/`,
    table: "findings-red",
    alertTopicArn: `arn:aws:sns:${region}:${account}:security-alerts-red`,
    findingsBus: "",
    securityHub: false,
    roleName: "cloudtrailer-lambda-role-red",
    mode: "fix",
    detections: {},
    exceptions: [],
    records: "none",
    maxAgeMinutes: 60,
    maxFixesPerHour: 10,
    maxFixesPerHourOfAccount: 30,
    operators: [],
    approvers: [],
    approvalHours: 24,
    fixAutomation: false,
    findingsDays: 90,
    context: {
      trustedAccounts: [],
      logBuckets: ["lambdasharp-red-cloudtrail"],
      ownResources: [],
      automation: [],
      scanners: [],
      allowedRegions: [],
      privilegedGroups: [],
      ownNetworks: [],
      protectedLogGroups: [],
      allowedIdentityProviders: [],
      protectedRouteTables: [],
      allowedBoundaries: [],
      privilegedPolicies: [],
      thresholds: {},
    },
    ...own,
  };
}

/** The answer of a fake AWS to an operation: a value, or a function of the input that may throw. */
export type Answers = Record<
  string,
  Record<string, unknown> | ((input: Record<string, unknown>) => Record<string, unknown>)
>;

/** An AWS that answers by `service:Operation`, remembers every call, and rejects any other. */
export function fakeAws(answers: Answers): { aws: CallAws; calls: Call[] } {
  const calls: Call[] = [];
  const aws: CallAws = async (call) => {
    calls.push(call);
    const answer = answers[`${call.service}:${call.operation}`];
    if (answer === undefined)
      throw new Error(`this test knows no answer to ${call.service}:${call.operation}`);
    return typeof answer === "function" ? answer(call.input) : answer;
  };
  return { aws, calls };
}

/** An error like the SDK's: its name is AWS's code. */
export function awsError(code: string, message: string = code): Error {
  return Object.assign(new Error(message), { name: code });
}

/** A log file's bytes, as returned by S3. */
export function aLogFile(...records: unknown[]): Buffer {
  return gzipSync(JSON.stringify({ Records: records }));
}
