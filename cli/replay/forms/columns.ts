import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { type Fields, fieldsOf, textOf } from "../../../handlers/json";
import { setMember } from "./member";
import { innerFields, plainName, recordFields } from "./names";
import { structOf } from "./struct";

/** Fields that are objects or lists in a record, and often JSON text in tables. */
const structured = new Set([
  "userIdentity",
  "requestParameters",
  "responseElements",
  "additionalEventData",
  "resources",
  "serviceEventDetails",
  "tlsDetails",
  "addendum",
  "insightDetails",
  "edgeDeviceDetails",
]);
const flags = new Set(["readOnly", "managementEvent", "sessionCredentialFromConsole"]);

/** What tables write for a missing value. */
const nothing = new Set(["", "null", "\\N", "NULL"]);

/**
 * The record in an object, under CloudTrail's own names, whatever the case and separators of its keys; dots in keys lead
 * into objects. JSON text in place of objects is parsed. Undefined without `eventSource` or `eventName`: it is not a record.
 */
export function recordOf(fields: Fields): CloudTrailRecord | undefined {
  const native = isCall(fields);
  if (native && !Object.keys(fields).some((name) => isForeign(name, fields[name])))
    return fields as CloudTrailRecord;
  const record: Fields = {};
  for (const [name, value] of Object.entries(fields)) {
    const [first = "", ...rest] =
      native && recordFields.get(name.toLowerCase()) === name ? [name] : name.split(".");
    const field = recordFields.get(plainName(first)) ?? first;
    put(record, field, rest, tidied(field, rest, value));
  }
  return isCall(record) ? (record as CloudTrailRecord) : undefined;
}

/** A call has a source and a name. Events of S3, SQS, Kinesis and others have them, too, with `aws:` in the source. */
function isCall({ eventSource, eventName }: Fields): boolean {
  return (
    typeof eventSource === "string" &&
    typeof eventName === "string" &&
    eventName !== "" &&
    eventSource !== "" &&
    !eventSource.startsWith("aws:")
  );
}

/** Whether a member is not written as CloudTrail writes it. */
function isForeign(name: string, value: unknown): boolean {
  if (name.includes(".")) return true;
  if (typeof value === "number") return name === "eventTime";
  if (typeof value === "string")
    return structured.has(name) ? /^\s*[{[]/.test(value) : flags.has(name) || nothing.has(value);
  return name === "userIdentity" && Object.keys(fieldsOf(value)).some((inner) => lowerCase.has(inner));
}

/** Names of an identity's fields that are in lower case only if somebody changed them. */
const lowerCase = new Set([
  "principalid",
  "accountid",
  "accesskeyid",
  "username",
  "sessioncontext",
  "invokedby",
]);

function put(record: Fields, field: string, path: string[], value: unknown): void {
  if (value === undefined) return;
  const [inner, ...rest] = path;
  const own = Object.hasOwn(record, field) ? record[field] : undefined;
  if (inner === undefined)
    setMember(record, field, own !== undefined && typeof own === "object" ? merged(own, value) : value);
  else {
    const below = { ...fieldsOf(own) };
    put(below, inner, rest, value);
    setMember(record, field, below);
  }
}

function merged(own: unknown, value: unknown): unknown {
  return typeof value === "object" && value !== null ? { ...fieldsOf(value), ...fieldsOf(own) } : own;
}

/** A value as CloudTrail writes it in this field; undefined for nothing. */
function tidied(field: string, path: string[], value: unknown): unknown {
  if (typeof value === "string" && nothing.has(value)) return undefined;
  if (path.length > 0) return value;
  if (structured.has(field)) return renamed(parsed(value), innerFields[field]);
  if (flags.has(field) && typeof value === "string") return value.toLowerCase() === "true";
  return field === "eventTime" ? timeOf(value) : value;
}

function parsed(value: unknown): unknown {
  const text = textOf(value);
  if (text === undefined || !/^\s*[{[]/.test(text)) return value;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return structOf(text) ?? value;
  }
}

/** Restores the names of inner fields, and omits those without a value. */
function renamed(value: unknown, names: Map<string, string> | undefined): unknown {
  if (names === undefined || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  const fields: Fields = {};
  for (const [name, inner] of Object.entries(value)) {
    if (inner === null) continue;
    setMember(fields, name === name.toLowerCase() ? (names.get(name) ?? name) : name, renamed(inner, names));
  }
  return fields;
}

/** `2024-05-01 10:00:00.000 UTC`, `5/1/2024, 10:00:00.000 AM` and epoch time as `2024-05-01T10:00:00Z`. */
function timeOf(value: unknown): unknown {
  const text = typeof value === "number" ? String(value) : (textOf(value) ?? "");
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?(?: ?(?:UTC|Z|\+00:?00))?$/.exec(text);
  if (parts !== null) return `${parts[1]}T${parts[2]}Z`;
  if (/^\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d(?:\.\d+)? [AP]M$/.test(text))
    return isoOf(Date.parse(`${text.replace(/\.\d+/, "")} UTC`), value);
  if (/^\d{13}(?:\.\d+)?$/.test(text)) return isoOf(Number(text), value);
  return /^\d{10}(?:\.\d+)?$/.test(text) ? isoOf(Number(text) * 1000, value) : value;
}

function isoOf(ms: number, otherwise: unknown): unknown {
  return Number.isNaN(ms) ? otherwise : new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Names of columns that contain the whole record. */
const wholeRecord =
  /^(?:_raw|@?message|event\.original|cloudtrailevent|cloudtrail_event|event_?json|event_?data|_source|result)$/i;

/** Columns that a table of records needs: without one, detections that read it would find nothing. */
const needed = ["userIdentity", "requestParameters", "eventTime"];

/**
 * Which of the needed columns a table of records lacks; undefined if the names of its columns are not those of records.
 */
export function columnsOf(names: string[]): { missing: string[] } | undefined {
  if (names.some((name) => wholeRecord.test(name.trim()))) return { missing: [] };
  const own = new Set(names.map((name) => fieldOf(name)));
  if (!own.has("eventName")) return undefined;
  return { missing: ["eventSource", ...needed].filter((name) => !own.has(name)) };
}

function fieldOf(column: string): string {
  const other = otherNames.find(([name]) => name.test(column));
  return other?.[1] ?? recordFields.get(plainName(column.split(".")[0] ?? "")) ?? column;
}

/** Columns of Sentinel, which has one for each field of the identity, and of Elastic. */
const otherNames: [name: RegExp, field: string][] = [
  [/^(?:UserIdentity|aws\.cloudtrail\.user_identity\.|user\.(?:id|name)$)/, "userIdentity"],
  [/^(?:TimeGenerated(?: \[UTC\])?|@timestamp)$/, "eventTime"],
  [/^event\.action$/, "eventName"],
  [/^event\.provider$/, "eventSource"],
  [/^aws\.cloudtrail\.(?:flattened\.)?request_parameters/, "requestParameters"],
];
