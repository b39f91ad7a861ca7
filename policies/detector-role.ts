import {
  alarmArn,
  bucketArn,
  busArn,
  functionArn,
  logGroupArn,
  ownProductArn,
  policyArn,
  queueArn,
  roleArn,
  ruleArn,
  senderArn,
  stackArn,
  tableArn,
  topicArn,
  trailArn,
} from "./arns";
import { type Place, type PolicyDocument, type Statement, widestPlace } from "./document";
import { huntArns, resultsOfHunts } from "./history";
import { type Grant, statementsForGrants } from "./own-scopes";
import { statementsFor } from "./remediation-scopes";

/** Names of the system's own parts, and what its remediations need. */
export interface DetectorPolicyArgs {
  place: Place;
  bucket: string;
  trail: string;
  logTopic: string;
  alertTopic: string;
  table: string;
  queue: string;
  role: string;
  /** The function's name. */
  detector: string;
  /** Name of the rule that triggers the hourly run. */
  schedule: string;
  /** Name of the rule that triggers delayed fixes; undefined if no fix is delayed. */
  dueFixes?: string;
  /** Whether it reads the index of findings, for the summaries of hours and days. */
  listsFindings?: boolean;
  /** Name of the second path: of its topics, bus and role, and the beginning of the names of its rules and alarms. */
  watch: string;
  /** Name of the bus that gets every finding. */
  findingsBus: string;
  /** Whether it imports findings into Security Hub. */
  securityHub?: boolean | undefined;
  /** Name of the fast path: of its topic, bus and role, and the beginning of the names of its rules. */
  events: string;
  logGroup: string;
  /** Where log files are, if that is not where the stack's own trail writes them. */
  source?: LogSource;
  /** The role in members, and the organization; undefined without members. */
  members?: { role: string; organizationId: string };
  /** What searching old log files consists of; undefined without it. */
  past?: PastParts;
  /** With what the names of what belongs to rooms of Amazon Q begin; undefined without any. */
  chat?: string;
  /** What the enabled remediations need: see {@link statementsFor}. */
  actions: string[];
  /** What the fixes of a team's own rules need. */
  ownGrants?: Grant[];
  /** What the self-check needs to read the system's own parts. */
  selfCheckActions: string[];
  /** More of that, which IAM grants on everything or not at all. */
  selfCheckLists: string[];
}

/** What searching old log files consists of. */
export interface PastParts {
  /** The bucket for the results of hunts and queries. */
  reports: string;
  /** Name of the function, state machine and role of hunts; undefined with queries alone. */
  history?: string;
}

/** Where log files are, and what reading them needs. */
export interface LogSource {
  /** The trail's own prefix of keys. */
  prefix?: string | undefined;
  /** Of an organization trail, which has a folder for each account. */
  organizationId?: string | undefined;
  /** ARN of the key that encrypts them. */
  kmsKey?: string | undefined;
  /** ARN of the role in another account with which the bucket's policy is read. */
  policyReader?: string | undefined;
}

/** The folder of an account's log files: `audit/AWSLogs/o-abcde12345/111122223333/`. */
export function logFolder({ prefix, organizationId }: LogSource, account: string): string {
  return `${[prefix, "AWSLogs", organizationId, account].filter(Boolean).join("/")}/`;
}

/** The index by which findings are listed: `findingsByDay` in handlers/findings/store.ts. */
export const findingsByDayIndex = "findings-by-day";

/** Only Lambda may assume the role. */
export function detectorTrust(): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LambdaRunsTheDetector",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: ["sts:AssumeRole"],
      },
    ],
  };
}

/** The role's policies: the inline one and, if that is full, managed ones for the rest. */
export interface DetectorPolicies {
  inline: PolicyDocument;
  managed: PolicyDocument[];
}

/**
 * Maximum characters of a role's inline policies, and of one managed policy, and the default quota of managed policies per
 * role.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const limits = { inline: 10_240, managed: 6_144, attached: 10 };

/**
 * What the detector may do: read log files, keep findings, alert, write its own log, hand over failures, and exactly what the
 * enabled remediations need; but never, whatever those need, blind the system or grant itself more.
 *
 * The number of managed policies depends only on names and actions, not on the place.
 */
export function detectorPolicies(args: DetectorPolicyArgs): DetectorPolicies {
  const wide = { ...args, place: widestPlace };
  const widths = movable(wide).map((statement) => lengthOf(statement) + 1);
  let room = limits.inline - lengthOf(documentOf([...ownWork(wide), ...neverItself(wide)]));
  const parts: Statement[][] = [[]];
  movable(args).forEach((statement, index) => {
    const width = widths[index] ?? 0;
    if (width > room) {
      parts.push([]);
      room = limits.managed - lengthOf(documentOf([]));
    }
    parts.at(-1)?.push(statement);
    room -= width;
  });
  const [first = [], ...rest] = parts;
  return {
    inline: documentOf([...ownWork(args), ...first, ...neverItself(args)]),
    managed: rest.map(documentOf),
  };
}

/**
 * What IAM would reject in the policies: statements that are larger than a policy may be, and the number of managed policies.
 */
export function excess({ managed }: DetectorPolicies): {
  statements: { length: number; actions: string[] }[];
  managed: number;
} {
  const statements = managed
    .filter((policy) => lengthOf(policy) > limits.managed)
    .flatMap(({ Statement }) => Statement)
    .map((statement) => ({ length: lengthOf(statement), actions: statement.Action ?? [] }));
  return { statements, managed: managed.length };
}

/** Name of the role's managed policy number `index`, from 0. */
export function managedPolicyName(role: string, index: number): string {
  return `${role}-remediations-${index + 1}`;
}

function documentOf(Statement: Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement };
}

function lengthOf(value: PolicyDocument | Statement): number {
  return JSON.stringify(value).length;
}

function ownWork(args: DetectorPolicyArgs): Statement[] {
  const { place, bucket, alertTopic, table, logGroup, queue, source = {} } = args;
  const folder = logFolder(source, args.members === undefined ? place.account : "*");
  return [
    allow(
      "ReadLogFiles",
      ["s3:GetObject"],
      `${bucketArn(place, bucket)}/${folder}CloudTrail/*`,
      `${bucketArn(place, bucket)}/${folder}CloudTrail-Digest/*`,
    ),
    ...(source.kmsKey === undefined ? [] : [decryptLogFiles(source.kmsKey)]),
    ...(args.members === undefined
      ? []
      : [
          assumeInMembers(place, args.members),
          allow("LookAtEachMember", ["lambda:InvokeFunction"], functionArn(place, args.detector)),
        ]),
    ...(source.policyReader === undefined
      ? []
      : [allow("ReadTheBucketsPolicy", ["sts:AssumeRole"], source.policyReader)]),
    ...(args.past?.history === undefined
      ? []
      : [allow("ReadResultsOfHunts", ["s3:GetObject"], resultsOfHunts(place, args.past.reports))]),
    allow("PublishAlerts", ["sns:Publish"], topicArn(place, alertTopic)),
    allow("PutFindingsOnTheBus", ["events:PutEvents"], busArn(place, args.findingsBus)),
    ...(args.securityHub === true
      ? [allow("ImportFindings", ["securityhub:BatchImportFindings"], ownProductArn(place))]
      : []),
    allow("KeepFindings", ["dynamodb:GetItem", "dynamodb:UpdateItem"], tableArn(place, table)),
    ...(args.listsFindings
      ? [allow("ListFindings", ["dynamodb:Query"], `${tableArn(place, table)}/index/${findingsByDayIndex}`)]
      : []),
    // Not CreateLogGroup: a late invocation must not recreate the group after `pulumi destroy`.
    allow("WriteOwnLog", ["logs:CreateLogStream", "logs:PutLogEvents"], `${logGroupArn(place, logGroup)}:*`),
    allow("HandOverFailures", ["sqs:SendMessage"], queueArn(place, queue)),
  ];
}

/** Statements that may be in any of the policies. */
function movable(args: DetectorPolicyArgs): Statement[] {
  const { actions, ownGrants = [], place } = args;
  return [...looks(args), ...statementsFor(actions, place), ...statementsForGrants(ownGrants, place)];
}

/** What it has to see of itself and of its evidence. Managed policies have it where the inline one has no room. */
function looks(args: DetectorPolicyArgs): Statement[] {
  const { place, bucket, alertTopic, table, logGroup, queue } = args;
  return [
    // Digests are found by their names; without the right to list, S3 says of what is not there that it is denied.
    allow("ListLogFiles", ["s3:ListBucket"], bucketArn(place, bucket)),
    // IAM knows no resource for it.
    allow("VerifyDigests", ["cloudtrail:ListPublicKeys"], "*"),
    allow(
      "LookAtOwnParts",
      args.selfCheckActions,
      trailArn(place, args.trail),
      bucketArn(place, bucket),
      topicArn(place, args.logTopic),
      topicArn(place, alertTopic),
      functionArn(place, args.detector),
      roleArn(place, args.role),
      tableArn(place, table),
      queueArn(place, queue),
      ...scheduleArns(args),
      `${logGroupArn(place, logGroup)}:*`,
      policyArn(place, `${args.role}-remediations-*`),
      ...findingsArns(args),
      ...watchArns(args),
      ...reportsArns(args),
      ...pastArns(args),
      ...chatArns(args),
    ),
    allow("LookAtLists", args.selfCheckLists, "*"),
  ];
}

/** Only in accounts of the organization: a role of the same name elsewhere is somebody else's. */
function assumeInMembers(
  { partition }: Place,
  { role, organizationId }: NonNullable<DetectorPolicyArgs["members"]>,
): Statement {
  return {
    ...allow("FixInMembers", ["sts:AssumeRole"], `arn:${partition}:iam::*:role/${role}`),
    Condition: { StringEquals: { "aws:ResourceOrgID": organizationId } },
  };
}

/**
 * Only what CloudTrail encrypted.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail-decrypt.html
 */
function decryptLogFiles(key: string): Statement {
  return {
    ...allow("DecryptLogFiles", ["kms:Decrypt"], key),
    Condition: { Null: { "kms:EncryptionContext:aws:cloudtrail:arn": "false" } },
  };
}

/** The bus that gets every finding, and what passes findings on from it. */
function findingsArns({ place, findingsBus }: DetectorPolicyArgs): string[] {
  return [
    busArn(place, findingsBus),
    ruleArn(place, `${findingsBus}/*`),
    senderArn(place, "api-destination", `${findingsBus}.`),
    senderArn(place, "connection", `${findingsBus}.`),
    roleArn(place, findingsBus),
    queueArn(place, findingsBus),
  ];
}

/** The topic, role, policy and stack of each room of Amazon Q. */
function chatArns({ place, chat }: DetectorPolicyArgs): string[] {
  if (chat === undefined) return [];
  const all = `${chat}--*`;
  return [topicArn(place, all), roleArn(place, all), policyArn(place, all), stackArn(place, all)];
}

/** The bucket for the results of hunts and queries. */
function reportsArns({ place, past }: DetectorPolicyArgs): string[] {
  return past === undefined ? [] : [bucketArn(place, past.reports)];
}

/** The function, state machine, roles and log of hunts. */
function pastArns({ place, past }: DetectorPolicyArgs): string[] {
  const { history } = past ?? {};
  return history === undefined
    ? []
    : [...huntArns(place, history), `${logGroupArn(place, `/aws/lambda/${history}`)}:*`];
}

/** The rules that invoke the function as time goes by. */
function scheduleArns({ place, schedule, dueFixes }: DetectorPolicyArgs): string[] {
  return [schedule, ...(dueFixes === undefined ? [] : [dueFixes])].map((name) => ruleArn(place, name));
}

/** The second and the fast path: resources, rules and alarms, in whatever region and on whatever bus. */
function watchArns({ place, watch, events }: DetectorPolicyArgs): string[] {
  const rules = (name: string) => ruleArn({ ...place, region: "*" }, `*${name}.*`);
  return [
    topicArn(place, watch),
    topicArn(place, `${watch}-sms`),
    busArn(place, watch),
    roleArn(place, watch),
    rules(watch),
    alarmArn(place, `${watch}.*`),
    topicArn(place, events),
    busArn(place, events),
    roleArn(place, events),
    rules(events),
  ];
}

/**
 * A misled fix must not be able to end the system or grant it more power: on its own parts, everything is denied but its own
 * work, reading, and restoring its trail and bucket, which an attacker targets first.
 */
function neverItself(args: DetectorPolicyArgs): Statement[] {
  const { place, ...own } = args;
  const bucket = bucketArn(place, own.bucket);
  const detector = functionArn(place, own.detector);
  const logGroup = logGroupArn(place, own.logGroup);
  return [
    {
      Sid: "NeverStopTheTrail",
      Effect: "Deny",
      NotAction: [
        "cloudtrail:CreateTrail",
        "cloudtrail:Get*",
        "cloudtrail:List*",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:PutInsightSelectors",
        "cloudtrail:StartLogging",
        "cloudtrail:UpdateTrail",
      ],
      Resource: [trailArn(place, own.trail)],
    },
    {
      Sid: "NeverTouchTheLogFiles",
      Effect: "Deny",
      NotAction: [
        "s3:Get*",
        "s3:List*",
        "s3:PutBucketAcl",
        "s3:PutBucketLogging",
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
      ],
      Resource: [bucket, ...reportsArns(args)].flatMap((arn) => [arn, `${arn}/*`]),
    },
    {
      Sid: "NeverChangeItself",
      Effect: "Deny",
      // Its own work, and reading.
      NotAction: [
        "dynamodb:Describe*",
        "dynamodb:GetItem",
        "dynamodb:GetResourcePolicy",
        "dynamodb:List*",
        // For summaries; without them, nothing allows it.
        ...(args.listsFindings ? ["dynamodb:Query"] : []),
        "dynamodb:UpdateItem",
        "cloudwatch:Describe*",
        "cloudwatch:EnableAlarmActions",
        ...(args.chat === undefined ? [] : ["cloudformation:Describe*", "cloudformation:Get*"]),
        "events:Describe*",
        "events:EnableRule",
        "events:List*",
        "events:PutEvents",
        "iam:Get*",
        "iam:List*",
        "lambda:Get*",
        // In each member's turn; without members, nothing allows it.
        ...(args.members === undefined ? [] : ["lambda:InvokeFunction"]),
        "lambda:List*",
        "logs:CreateLogStream",
        "logs:Describe*",
        "logs:List*",
        "logs:PutLogEvents",
        "sns:Get*",
        "sns:List*",
        "sns:Publish",
        "sqs:Get*",
        "sqs:List*",
        "sqs:SendMessage",
        "states:Describe*",
        "states:List*",
      ],
      Resource: [
        roleArn(place, own.role),
        policyArn(place, `${own.role}-remediations-*`),
        detector,
        `${detector}:*`,
        tableArn(place, own.table),
        `${tableArn(place, own.table)}/*`,
        topicArn(place, own.logTopic),
        topicArn(place, own.alertTopic),
        queueArn(place, own.queue),
        logGroup,
        `${logGroup}:*`,
        ...scheduleArns(args),
        ...findingsArns(args),
        ...watchArns(args),
        ...pastArns(args),
        ...chatArns(args),
      ],
    },
    {
      // Other functions may be given the role, and its credentials may leak to a place without any function. Reading keys and
      // handing over failures is Lambda's own work, which it does with the role, but outside the function:
      // https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
      Sid: "OnlyFromThisFunction",
      Effect: "Deny",
      NotAction: ["kms:Decrypt", "sqs:SendMessage"],
      Resource: ["*"],
      Condition: {
        ArnNotEquals: { "lambda:SourceFunctionArn": detector },
        // Calls that a service makes on the function's behalf are authorized by the function's own call.
        Bool: { "aws:ViaAWSService": "false" },
      },
    },
    {
      // IAM has no resources for these two. No remediation needs them anywhere.
      Sid: "NeverUnsubscribe",
      Effect: "Deny",
      Action: ["sns:SetSubscriptionAttributes", "sns:Unsubscribe"],
      Resource: ["*"],
    },
  ];
}

function allow(Sid: string, Action: string[], ...Resource: string[]): Statement {
  return { Sid, Effect: "Allow", Action, Resource };
}
