import { canonicalJson, type Fields, fieldsOf, itemsOf, listOf, textOf } from "../json";
import { type CloudTrailRecord, nameOf } from "./record";

/**
 * The parameters of the call. Newer EC2 actions put them into `<Action>Request`, where `""` means none:
 * `{"DeleteFlowLogsRequest": {"FlowLogId": {"tag": 1, "content": "fl-…"}}}`.
 */
export function requestOf(record: CloudTrailRecord): Fields {
  const parameters = fieldsOf(record.requestParameters);
  const wrapper = `${nameOf(record)}Request`;
  return Object.hasOwn(parameters, wrapper) && parameters[wrapper] !== null
    ? fieldsOf(parameters[wrapper])
    : parameters;
}

/** One field of `fields`, with its first letter in either case (`flowLogId`, `FlowLogId`). Null counts as missing. */
export function fieldOf(fields: unknown, name: string): unknown {
  const object = fieldsOf(fields);
  if (Object.hasOwn(object, name) && object[name] !== null) return object[name];
  const first = name.charAt(0);
  const capital = first.toUpperCase();
  const other = (first === capital ? first.toLowerCase() : capital) + name.slice(1);
  return Object.hasOwn(object, other) ? (object[other] ?? undefined) : undefined;
}

/** A parameter of the call, wrapped or not, with its first letter in either case. */
export function parameterOf(record: CloudTrailRecord, name: string): unknown {
  return fieldOf(requestOf(record), name);
}

/** A string parameter of the call; undefined if it is missing or something else. */
export function textParameterOf(record: CloudTrailRecord, name: string): string | undefined {
  return textOf(parameterOf(record, name));
}

/**
 * The strings of a list, in each of the forms that services write: `"a"`, `["a","b"]`, `{"tag":1,"content":"a"}`, an array of
 * those, `{"items":[…]}`, `{"member":[…]}`. Numbers count as strings; anything else is omitted.
 */
export function textsOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [value];
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((item) => {
    if (typeof item === "string") return [item];
    if (typeof item === "number") return [String(item)];
    const fields = fieldsOf(item);
    const inner = fields.content ?? fields.items ?? fields.member;
    // Services nest only one level; hostile depth is not followed.
    return listOf(inner)
      .filter((text) => typeof text === "string" || typeof text === "number")
      .map(String);
  });
}

/** The objects of a list: one object, an array, or `{"items": one or many}`. */
export function objectsOf(value: unknown): Fields[] {
  if (value === undefined || value === null) return [];
  const list = Object.hasOwn(value, "items") ? itemsOf(value) : listOf(value);
  return list.filter(
    (item) =>
      typeof item === "object" && item !== null && !Array.isArray(item) && Object.keys(item).length > 0,
  ) as Fields[];
}

/** `true` as a boolean or as text; some services write the flag one way, some the other. */
export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}

/** `false` as a boolean or as text. A missing flag is not false. */
export function isFalse(value: unknown): boolean {
  return value === false || (typeof value === "string" && value.toLowerCase() === "false");
}

/** A number as a number or as text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return typeof value === "string" && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(value) ? Number(value) : undefined;
}

/** The name at the end of a name or ARN: `main` of `main` and of `arn:aws:cloudtrail:eu-west-1:111122223333:trail/main`. */
export function nameInArn(nameOrArn: string): string {
  if (!nameOrArn.startsWith("arn:")) return nameOrArn;
  const resource = nameOrArn.split(":").slice(5).join(":");
  return resource.slice(Math.max(resource.lastIndexOf("/"), resource.lastIndexOf(":")) + 1);
}

/**
 * Why nobody can see what the call requested: CloudTrail omits parameters that are too large, which is a way to hide a
 * policy, and services hide some. Undefined if the parameters are visible, or if there were none.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function hiddenParameters(record: CloudTrailRecord): string | undefined {
  const parameters = record.requestParameters;
  if (typeof parameters === "string" && parameters !== "")
    return `requestParameters hidden: ${parameters.slice(0, 200)}`;
  const fields = fieldsOf(parameters);
  if (fields.omitted === undefined || !isTrue(fields.omitted)) return undefined;
  return `requestParameters omitted: ${(textOf(fields.reason) ?? "no reason given").slice(0, 200)}`;
}

/** What a service writes in place of a value that it keeps out of the log. */
const redactions = ["HIDDEN_DUE_TO_SECURITY_REASONS", "<sensitiveDataRemoved>"];

/** Whether the service kept a value out of the log. */
export function isRedacted(value: unknown): boolean {
  return typeof value === "string" && redactions.includes(value);
}

/** Whether a value, or anything in it, was kept out of the log. */
export function holdsRedacted(value: unknown): boolean {
  const text = canonicalJson(value);
  return redactions.some((redaction) => text.includes(JSON.stringify(redaction)));
}
