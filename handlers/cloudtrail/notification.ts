import { type Fields, fieldsOf, listOf, textOf } from "../json";

/** An object in S3. */
export interface ObjectKey {
  bucket: string;
  key: string;
}

/** What to do for one notification. */
export interface Notification {
  /** Log files to read. */
  logFiles: ObjectKey[];
  /** Objects without records of API calls, and what they are: `digest`, `insight`. */
  passedOver: { key: string; what: string }[];
  /** Objects that are not ours to read, each with one sentence on what was expected. */
  refused: { what: "bucket" | "file"; problem: string }[];
}

/** Where log files may come from. */
export interface LogFilePlace {
  bucket: string;
  /** `AWSLogs/111122223333/`, with the trail's own prefix before it if it has one. */
  prefix: string;
  /** Accounts whose log files are beside those, in a folder each: those that are members. */
  accounts?: Record<string, { member?: true }>;
}

/** The folder of the account that a key is about: the stack's own, or a member's. */
function folderOf(key: string, { prefix, accounts = {} }: LogFilePlace): string {
  const root = prefix.replace(/\d{12}\/$/, "");
  const account = key.startsWith(root) ? key.slice(root.length, root.length + 12) : "";
  const isMember = Object.hasOwn(accounts, account) && accounts[account]?.member === true;
  return isMember ? `${root}${account}/` : prefix;
}

/** What CloudTrail publishes when a trail gets a topic. */
const validationMessage = "CloudTrail validation message.";

/**
 * Reads the message of an SNS notification: CloudTrail's own form with one or many keys, the forms of S3's events from S3 and
 * from EventBridge, and the test messages of both services.
 *
 * @throws Error that names what was found if the message is none of these
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html
 */
export function parseNotification(message: string, place: LogFilePlace): Notification {
  const notification: Notification = { logFiles: [], passedOver: [], refused: [] };
  if (message.trim() === validationMessage) return notification;
  const body = fieldsOf(parsed(message));
  if (body.Service === "Amazon S3" && body.Event === "s3:TestEvent") return notification;
  const objects = objectsOf(body);
  if (objects === undefined)
    throw new Error(
      'expected a CloudTrail notification {"s3Bucket","s3ObjectKey":[…]}, an S3 event {"Records":[{"s3":…}]} or {"source":"aws.s3",…}, or ' +
        `"${validationMessage}", found ${excerpt(message)}`,
    );
  for (const object of objects) sort(object, place, notification);
  return notification;
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined; // the caller names what was found
  }
}

function objectsOf(body: Fields): ObjectKey[] | undefined {
  const bucket = textOf(body.s3Bucket);
  if (bucket !== undefined) {
    const keys = listOf(body.s3ObjectKey);
    if (keys.length === 0 || !keys.every((key) => typeof key === "string")) return undefined;
    return keys.map((key) => ({ bucket, key: String(key) }));
  }
  if (body.source === "aws.s3" && body["detail-type"] === "Object Created")
    return eventObject(fieldsOf(body.detail));
  if (!Array.isArray(body.Records) || body.Records.length === 0) return undefined;
  const objects: ObjectKey[] = [];
  for (const entry of body.Records) {
    const s3 = fieldsOf(fieldsOf(entry).s3);
    const name = textOf(fieldsOf(s3.bucket).name);
    const key = textOf(fieldsOf(s3.object).key);
    if (name === undefined || key === undefined) return undefined;
    const plain = formDecoded(key);
    if (plain === undefined) return undefined;
    objects.push({ bucket: name, key: plain });
  }
  return objects;
}

/** S3's event in EventBridge, with one object and its key as it is. */
function eventObject(detail: Fields): ObjectKey[] | undefined {
  const bucket = textOf(fieldsOf(detail.bucket).name);
  const key = textOf(fieldsOf(detail.object).key);
  return bucket === undefined || key === undefined ? undefined : [{ bucket, key }];
}

/** S3 form-encodes keys in its events; CloudTrail writes them as they are. */
function formDecoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replace(/\+/g, " "));
  } catch {
    return undefined;
  }
}

function sort(object: ObjectKey, place: LogFilePlace, into: Notification): void {
  const { bucket, key } = object;
  if (bucket !== place.bucket) {
    into.refused.push({
      what: "bucket",
      problem: `expected an object of bucket ${place.bucket}, found bucket ${excerpt(bucket)}`,
    });
    return;
  }
  const refuse = (expected: string) =>
    into.refused.push({ what: "file", problem: `expected ${expected}, found ${excerpt(key)}` });
  const folder = folderOf(key, place);
  const rest = key.startsWith(folder) ? key.slice(folder.length) : undefined;
  if (rest === undefined || rest.split("/").includes("..")) {
    refuse(`a key below ${place.prefix}`);
  } else if (rest.includes("/AWSLogs/")) {
    // Of a trail whose own prefix was made to look like ours.
    refuse("a key with one folder AWSLogs");
  } else if (rest.startsWith("CloudTrail-Digest/")) into.passedOver.push({ key, what: "digest" });
  else if (rest.startsWith("CloudTrail-Insight/")) into.passedOver.push({ key, what: "insight" });
  else if (rest.startsWith("CloudTrail/") && key.endsWith(".json.gz")) into.logFiles.push(object);
  else refuse(`a log file ${place.prefix}CloudTrail/….json.gz`);
}

/**
 * The account whose records a log file has: 12 digits; undefined where the key does not say. CloudTrail writes the records of
 * each account, of all regions, into files of its own.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function accountOfKey(key: string): string | undefined {
  return /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/CloudTrail\//.exec(key)?.[1];
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
