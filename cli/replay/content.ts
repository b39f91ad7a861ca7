import { type Fields, fieldsOf, listOf, textOf } from "../../handlers/json";
import type { ObjectKey } from "../../handlers/cloudtrail/notification";
import { type CloudTrailRecord } from "../../handlers/cloudtrail/record";

/** What a file turned out to hold. */
export interface Content {
  records: CloudTrailRecord[];
  /** Log files that a notification names. */
  objects: ObjectKey[];
  /** How many entries beside them are neither. */
  odd: number;
}

/**
 * What a JSON text holds that people save: a log file; an array of records, one record, or one a line; the answer of
 * `aws cloudtrail lookup-events`; an event of EventBridge; a notification as CloudTrail or S3 writes it, bare, in the
 * envelope of SNS or SQS, or as the whole event of a Lambda function.
 *
 * @throws Error that says what was expected and what was found; with code `ERR_NOT_JSON` when it is no JSON
 */
export function contentOf(text: string): Content {
  const content: Content = { records: [], objects: [], odd: 0 };
  const value = jsonOf(text.replace(/^\ufeff/, ""));
  if (value === undefined) throw Object.assign(new Error("it is not JSON"), { code: "ERR_NOT_JSON" });
  collect(value, content);
  if (content.odd > 0 && content.records.length + content.objects.length === 0)
    throw new Error(
      'expected CloudTrail records ({"Records":[…]}, an array, one record, or one a line) or a notification that ' +
        `names log files, found ${described(value)}`,
    );
  return content;
}

/** The value of a text; an array of values for one a line. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    try {
      return lines.length > 1 ? lines.map((line) => JSON.parse(line) as unknown) : undefined;
    } catch {
      return undefined; // the caller names what was found
    }
  }
}

/** Adds what a value holds. */
function collect(value: unknown, content: Content): void {
  const fields = fieldsOf(value);
  if (Array.isArray(value)) for (const entry of value) collectEntry(entry, content, true);
  else if (Array.isArray(fields.Records))
    for (const entry of fields.Records) collectEntry(entry, content, true);
  // The answer of lookup-events.
  else if (Array.isArray(fields.Events))
    for (const event of fields.Events) collectText(fieldsOf(event).CloudTrailEvent, content);
  else collectEntry(value, content, false);
}

/**
 * Adds one entry of `Records` or of an array, or a value that stands alone.
 *
 * @param among whether it stands among others: then an object is taken for a record, whatever it lacks
 */
function collectEntry(entry: unknown, content: Content, among: boolean): void {
  const fields = fieldsOf(entry);
  const bucket = textOf(fields.s3Bucket);
  const { bucket: s3Bucket, object } = fieldsOf(fields.s3);
  const name = textOf(fieldsOf(s3Bucket).name);
  const key = textOf(fieldsOf(object).key);
  const sns = textOf(fieldsOf(fields.Sns).Message);
  const isCall = ["eventName", "eventSource", "eventVersion", "userIdentity"].some(
    (field) => field in fields,
  );
  if (name !== undefined && key !== undefined) content.objects.push({ bucket: name, key: formDecoded(key) });
  else if (sns !== undefined) collectText(sns, content);
  else if (isCall) content.records.push(entry as CloudTrailRecord);
  else if (bucket !== undefined)
    for (const one of listOf(fields.s3ObjectKey)) content.objects.push({ bucket, key: String(one) });
  else if (textOf(fields.TopicArn) !== undefined) collectText(fields.Message, content);
  else if (textOf(fields.body) !== undefined) collectText(fields.body, content);
  else if (textOf(fields["detail-type"]) !== undefined) collectEntry(fields.detail, content, false);
  else if (among && isFields(entry)) content.records.push(entry as CloudTrailRecord);
  else content.odd += 1;
}

/** Adds what a message inside of another one holds. */
function collectText(text: unknown, content: Content): void {
  // What CloudTrail publishes when a topic is given to a trail.
  if (typeof text === "string" && text.trim() === "CloudTrail validation message.") return;
  collect(typeof text === "string" ? jsonOf(text) : undefined, content);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** S3 writes keys in its events form-encoded. */
function formDecoded(key: string): string {
  try {
    return decodeURIComponent(key.replace(/\+/g, " "));
  } catch {
    return key; // then there is no such object, and that is told
  }
}

function described(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const keys = Object.keys(fieldsOf(value));
  const some = keys.slice(0, 8).map((key) => JSON.stringify(key.slice(0, 40)));
  return some.length === 0 ? "JSON without fields" : `an object with ${some.join(", ")}`;
}
