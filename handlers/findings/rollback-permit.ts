import type { Attributes } from "../aws/table";
import type { Call } from "../aws/call";
import { textOf } from "../json";
import { eventOf } from "../cloudtrail/record";
import { isRedacted, nameInArn } from "../cloudtrail/parameters";
import type { Finding } from "../detections/finding";

/** That a person takes a fix back: written by `cloudtrailer rollback` before it makes the calls. */
export interface RollbackPermit {
  /** The finding whose fix is taken back. */
  finding: string;
  /** ARN of who does it. */
  by: string;
  why: string;
  /** The finding's account, 12 digits. */
  account: string;
  /** Names, ids or ARNs of the finding's resources. */
  resources: string[];
  /** The receipt: the calls that are made. */
  calls: Pick<Call, "service" | "operation" | "region" | "input">[];
}

/** The item of a rollback permit. */
export function rollbackKey(token: string): string {
  return `rollback#${token}`;
}

/**
 * A permit as an item of the findings table.
 *
 * @param expiresAt epoch s
 */
export function itemOfPermit(
  token: string,
  { finding, by, why, ...bounds }: RollbackPermit,
  expiresAt: number,
): Record<string, { S: string } | { N: string }> {
  return {
    id: { S: rollbackKey(token) },
    finding: { S: finding },
    by: { S: by },
    why: { S: why },
    bounds: { S: JSON.stringify(bounds) },
    expiresAt: { N: String(expiresAt) },
  };
}

/**
 * The permit in an item; undefined when there is none, or it has run out: DynamoDB may take days to delete what has.
 *
 * @param now epoch ms
 */
export function permitOf(item: Attributes, now: number): RollbackPermit | undefined {
  const { finding, by, why, bounds, expiresAt } = item;
  if (!finding?.S || !by?.S || !bounds?.S || !(Number(expiresAt?.N) * 1000 > now)) return undefined;
  const { account, resources, calls } = JSON.parse(bounds.S) as RollbackPermit;
  return { finding: finding.S, by: by.S, why: why?.S ?? "", account, resources, calls };
}

/**
 * Whether a finding is of one of the receipt's own calls. The token stands in CloudTrail for everybody to read, so it
 * holds for whom it was given, in that account, for those events in their regions, and for the resources that the fix
 * was about or that the call names. By which detection it was found does not matter: the policy that is put back may be
 * public and let a stranger in.
 *
 * A resource that the call itself made (a rule has a new id) was not there to be named: then everything that the call
 * asked for must be in the receipt.
 */
export function permits(permit: RollbackPermit, { actor, account, region, record, match }: Finding): boolean {
  if (permit.by !== actor.arn || permit.account !== account) return false;
  // What CloudTrail left out may be anything.
  if (match.couldNotInspect !== undefined) return false;
  const event = eventOf(record);
  const asked = textsIn(record.requestParameters).filter((text) => !isRedacted(text));
  const answered = textsIn(record.responseElements);
  return permit.calls.some((call) => {
    if (call.region !== region || eventOfCall(call) !== event) return false;
    const known = [...permit.resources, ...textsIn(call.input)];
    const asksNothingElse = asked.every((text) => known.includes(text));
    return match.resources.every(({ id }) => {
      if (known.some((name) => isSame(name, id))) return true;
      return asksNothingElse && !asked.includes(id) && answered.includes(id);
    });
  });
}

/** A name, and the ARN that ends with it. */
function isSame(name: string, id: string): boolean {
  return name === id || nameInArn(name) === id || nameInArn(id) === name;
}

/** Services whose `eventSource` begins otherwise than their name in the AWS CLI. */
const sourceOfService: Record<string, string> = {
  cloudwatch: "monitoring",
  configservice: "config",
  s3control: "s3",
};

/**
 * Events that do not go by their operation's name.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
const eventOfOperation: Record<string, string> = {
  "s3:DeletePublicAccessBlock": "DeleteBucketPublicAccessBlock",
  "s3:PutBucketLifecycleConfiguration": "PutBucketLifecycle",
  "s3:PutPublicAccessBlock": "PutBucketPublicAccessBlock",
  "s3control:DeletePublicAccessBlock": "DeleteAccountPublicAccessBlock",
  "s3control:PutPublicAccessBlock": "PutAccountPublicAccessBlock",
};

/** What CloudTrail calls a call, as `eventOf` gives it for the record: `s3:PutBucketLifecycle`. */
export function eventOfCall({ service, operation }: Pick<Call, "service" | "operation">): string {
  return `${sourceOfService[service] ?? service}:${eventOfOperation[`${service}:${operation}`] ?? operation}`;
}

/** Made up by the client for each call. */
const idempotencyToken = /^client(?:Request)?Token$/i;

/** The texts and numbers in a JSON value, however deep. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  // No recursion: a record may be nested deeper than the stack.
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    const text = typeof one === "number" ? `${one}` : textOf(one);
    if (text !== undefined) texts.push(text);
    else if (typeof one === "object" && one !== null)
      for (const [name, inner] of Object.entries(one)) if (!idempotencyToken.test(name)) left.push(inner);
  }
  return texts;
}
