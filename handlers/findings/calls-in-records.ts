import type { Call } from "../aws/call";
import { isRedacted, nameInArn } from "../cloudtrail/parameters";
import { eventOf } from "../cloudtrail/record";
import type { Finding } from "../detections/finding";
import { textOf } from "../json";

/**
 * Whether the record of a finding is of one of these calls: of the same event in the same region, about the resources that
 * the calls are known to be about, or that the call names.
 *
 * A resource that the call itself made (a rule has a new id) was not there to be named: then everything that the call
 * asked for must be in it.
 *
 * @param resources names, ids or ARNs
 */
export function isOneOf(
  calls: Pick<Call, "service" | "operation" | "region" | "input">[],
  resources: string[],
  { region, record, match }: Pick<Finding, "region" | "record" | "match">,
): boolean {
  // What CloudTrail left out may be anything.
  if (match.couldNotInspect !== undefined) return false;
  const event = eventOf(record);
  const asked = textsIn(record.requestParameters).filter((text) => !isRedacted(text));
  const answered = textsIn(record.responseElements);
  return calls.some((call) => {
    if (call.region !== region || eventOfCall(call) !== event) return false;
    const known = [...resources, ...textsIn(call.input)];
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
