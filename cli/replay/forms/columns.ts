import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { type Fields, fieldsOf, textOf } from "../../../handlers/json";
import { innerFields, plainName, recordFields } from "./names";
import { structOf } from "./struct";

/** Fields that are objects or lists in a record, and texts of these in many tables. */
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

/** What a table writes where a record has nothing. */
const nothing = new Set(["", "null", "\\N", "NULL"]);

/**
 * The record that an object is, under CloudTrail's own names, whatever the case and the separators of its keys; dots in
 * keys lead into objects. Texts of JSON in the place of objects are parsed. Nothing when it lacks `eventSource` or
 * `eventName`, without which it is no record.
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

/** A call has a source and a name. The events of S3, SQS, Kinesis and others have them as well, with `aws:` in the source. */
function isCall({ eventSource, eventName }: Fields): boolean {
  return (
    typeof eventSource === "string" &&
    typeof eventName === "string" &&
    eventName !== "" &&
    eventSource !== "" &&
    !eventSource.startsWith("aws:")
  );
}

/** Whether a member is written otherwise than CloudTrail writes it. */
function isForeign(name: string, value: unknown): boolean {
  if (typeof value === "string") return structured.has(name) ? /^\s*[{[]/.test(value) : name.includes(".");
  return name.includes(".");
}

function put(record: Fields, field: string, path: string[], value: unknown): void {
  if (value === undefined) return;
  const [inner, ...rest] = path;
  const own = Object.hasOwn(record, field) ? record[field] : undefined;
  if (inner === undefined)
    define(record, field, own !== undefined && typeof own === "object" ? merged(own, value) : value);
  else {
    const below = { ...fieldsOf(own) };
    put(below, inner, rest, value);
    define(record, field, below);
  }
}

function merged(own: unknown, value: unknown): unknown {
  return typeof value === "object" && value !== null ? { ...fieldsOf(value), ...fieldsOf(own) } : own;
}

/** An assignment to `__proto__` would not make a member. */
function define(fields: Fields, name: string, value: unknown): void {
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
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

/** Gives inner fields their own names, and leaves out what has no value. */
function renamed(value: unknown, names: Map<string, string> | undefined): unknown {
  if (names === undefined || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  const fields: Fields = {};
  for (const [name, inner] of Object.entries(value)) {
    if (inner === null) continue;
    define(fields, name === name.toLowerCase() ? (names.get(name) ?? name) : name, renamed(inner, names));
  }
  return fields;
}

/** `2024-05-01 10:00:00.000 UTC` as `2024-05-01T10:00:00Z`. */
function timeOf(value: unknown): unknown {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?(?: ?(?:UTC|Z|\+00:?00))?$/.exec(
    textOf(value) ?? "",
  );
  return parts === null ? value : `${parts[1]}T${parts[2]}Z`;
}

/** Names of columns that have the whole record. */
const wholeRecord =
  /^(?:_raw|@?message|event\.original|cloudtrailevent|cloudtrail_event|event_?json|event_?data|_source|result)$/i;

/** What a table of records cannot do without: a detection that reads it would find nothing. */
const needed = ["userIdentity", "requestParameters", "eventTime"];

/**
 * Whether the names of a table's columns are those of records, and which of the needed ones are missing; nothing when they
 * are not.
 */
export function columnsOf(names: string[]): { missing: string[] } | undefined {
  if (names.some((name) => wholeRecord.test(name.trim()))) return { missing: [] };
  const own = new Set(names.map((name) => fieldOf(name)));
  if (!own.has("eventName")) return undefined;
  return { missing: ["eventSource", ...needed].filter((name) => !own.has(name)) };
}

function fieldOf(column: string): string {
  const plain = plainName(column.split(".")[0] ?? "");
  // In Sentinel each field of the identity has a column.
  if (plain.startsWith("useridentity")) return "userIdentity";
  return plain === "timegenerated" ? "eventTime" : (recordFields.get(plain) ?? column);
}
