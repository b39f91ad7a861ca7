import { GetBucketPolicyCommand } from "@aws-sdk/client-s3";
import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import type { RootClients } from "./root-clients";
import { folderOf, type Trail } from "./trails";

const cloudtrail = "cloudtrail.amazonaws.com";

interface Statement {
  Effect?: string;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
  NotPrincipal?: unknown;
  NotAction?: unknown;
  NotResource?: unknown;
}

/** A request by a service of AWS to somebody's resource. */
export interface ServiceRequest {
  action: string;
  resource: string;
  /** Condition keys in lower case. */
  context: Record<string, string>;
}

function list(value: unknown): string[] {
  const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return values.map(String);
}

function like(pattern: string, text: string, ignoreCase = false): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, ignoreCase ? "is" : "s").test(text);
}

const operators: Record<string, (wanted: string, found: string) => boolean> = {
  arnequals: (wanted, found) => like(wanted, found),
  arnlike: (wanted, found) => like(wanted, found),
  bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  stringequals: (wanted, found) => wanted === found,
  stringequalsignorecase: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  stringlike: (wanted, found) => like(wanted, found),
};

const opposites: Record<string, string> = {
  arnnotequals: "arnequals",
  arnnotlike: "arnlike",
  stringnotequals: "stringequals",
  stringnotlike: "stringlike",
};

function holds(operator: string, wanted: string[], found: string | undefined): boolean {
  const name = operator.toLowerCase();
  const plain = name.replace(/ifexists$/, "");
  if (found === undefined) return plain !== name || plain in opposites;
  const opposite = opposites[plain];
  const compare = operators[opposite ?? plain];
  if (!compare) return false;
  const some = wanted.some((each) => compare(each, found));
  return opposite === undefined ? some : !some;
}

function conditionsHold(statement: Statement, context: Record<string, string>): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, list(wanted), context[key.toLowerCase()])),
  );
}

function namesService(principal: unknown, service: string): boolean {
  if (principal === "*") return true;
  if (typeof principal !== "object" || principal === null) return false;
  const { Service, AWS } = principal as { Service?: unknown; AWS?: unknown };
  return list(Service).includes(service) || list(AWS).includes("*");
}

function applies(statement: Statement, request: ServiceRequest, service: string): boolean {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement;
  const isPrincipal =
    NotPrincipal === undefined ? namesService(Principal, service) : !namesService(NotPrincipal, service);
  const isAction = (all: unknown) => list(all).some((each) => like(each, request.action, true));
  const isResource = (all: unknown) => list(all).some((each) => like(each, request.resource));
  return (
    isPrincipal &&
    (NotAction === undefined ? isAction(Action) : !isAction(NotAction)) &&
    (NotResource === undefined ? isResource(Resource) : !isResource(NotResource)) &&
    conditionsHold(statement, request.context)
  );
}

/** Whether a resource policy lets CloudTrail make a request: some statement allows it and none denies it. */
export function letsCloudTrail(policy: string | undefined, request: ServiceRequest): boolean {
  return letsService(cloudtrail, policy, request);
}

/** Whether a resource policy lets a service make a request: some statement allows it and none denies it. */
export function letsService(service: string, policy: string | undefined, request: ServiceRequest): boolean {
  if (!policy) return false;
  const { Statement } = JSON.parse(policy) as { Statement?: Statement | Statement[] };
  const statements = Array.isArray(Statement) ? Statement : Statement ? [Statement] : [];
  const applying = statements.filter((statement) => applies(statement, request, service));
  return (
    applying.some(({ Effect }) => Effect === "Allow") && !applying.some(({ Effect }) => Effect === "Deny")
  );
}

function contextOf(trail: Trail, account: string): Record<string, string> {
  return {
    "aws:sourcearn": trail.arn,
    "aws:sourceaccount": account,
    "aws:securetransport": "true",
    "aws:principalservicename": cloudtrail,
    "aws:principalisawsservice": "true",
    "s3:x-amz-acl": "bucket-owner-full-control",
  };
}

const refusal = "DeliveryRefused";

function refused(what: string, action: string, resource: string, trail: Trail): Error {
  const error = new Error(
    `the policy of ${what} does not let CloudTrail in. AWS would reject the delivery: expected a statement that ` +
      `allows ${cloudtrail} ${action} on ${resource} for the trail ${trail.arn}, and none that denies it.`,
  );
  error.name = refusal;
  return error;
}

/** Whether a delivery failed because a policy does not let CloudTrail in. */
export function isRefusal(error: unknown): boolean {
  return (error as Error).name === refusal;
}

/**
 * Checks that a trail's bucket lets CloudTrail write, which its policy decides in AWS.
 *
 * @param account the trail's
 * @param below what it writes: log files, or digests
 * @param whose records they are about: those of an organization trail have a folder for each account
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 *
 * @throws Error that names the missing permission
 */
export async function assertBucketLetsIn(
  clients: RootClients,
  trail: Trail,
  account: string,
  below: "CloudTrail/" | "CloudTrail-Digest/" = "CloudTrail/",
  whose: string = account,
): Promise<void> {
  const policy = await bucketPolicy(clients, trail.bucket);
  const bucket = `arn:aws:s3:::${trail.bucket}`;
  const folder = folderOf(trail, whose);
  const context = contextOf(trail, account);
  const requests: [string, string][] = [
    ["s3:GetBucketAcl", bucket],
    ["s3:PutObject", `${bucket}/${folder}/${below}`],
  ];
  for (const [action, resource] of requests) {
    if (!letsCloudTrail(policy, { action, resource, context })) {
      throw refused(`the bucket ${trail.bucket}`, action, resource, trail);
    }
  }
}

async function bucketPolicy(clients: RootClients, bucket: string): Promise<string | undefined> {
  try {
    return (await clients.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy;
  } catch (error) {
    if ((error as Error).name === "NoSuchBucketPolicy") return undefined;
    throw error;
  }
}

/**
 * Checks that a trail's topic lets CloudTrail publish, which its policy decides in AWS.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html
 *
 * @throws Error that names the missing permission
 */
export async function assertTopicLetsIn(clients: RootClients, trail: Trail, account: string): Promise<void> {
  const { topicArn } = trail;
  if (topicArn === undefined) return;
  const region = topicArn.split(":")[3] ?? trail.homeRegion;
  const { Attributes } = await clients
    .sns(region)
    .send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
  const request = { action: "sns:Publish", resource: topicArn, context: contextOf(trail, account) };
  if (!letsCloudTrail(Attributes?.Policy, request)) {
    throw refused(`the topic ${topicArn}`, request.action, topicArn, trail);
  }
}
