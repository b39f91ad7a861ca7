import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import type { Fields } from "../../handlers/json";
import { decoded, isBase64 } from "./containers/base64";
import { isGzip } from "../../handlers/history/log-file";
import { inflatedWhole } from "./containers/gzip";
import { forms } from "./forms/index";
import { recordOf } from "./forms/columns";
import { trialMessageOf } from "./forms/cloudtrail";
import type { Opened } from "./forms/form";
import { wholeListOf } from "./forms/tables";
import { type Found, quietly } from "./found";
import { createDocuments } from "./text/documents";

/** Maximum number of envelopes around a record. */
const maxDepth = 16;
/** Maximum bytes of one text inside another, inflated. */
const maxInnerBytes = 256 * 1024 ** 2;
/** Maximum number of objects, lists and texts searched in an unknown form. */
const maxSearched = 1_000_000;

/** Takes a document apart until records come out, and puts everything into `found`. */
export function unwrap(document: unknown, line: number, found: Found): void {
  try {
    unwrapValue(document, line, found, 0);
  } catch (error) {
    // One that is nested too deeply for the stack, say; the others are still read.
    found.broken(`unable to take it apart: ${(error as Error).message}`, line);
  }
}

function unwrapValue(value: unknown, line: number, found: Found, depth: number): void {
  if (depth > maxDepth) found.odd(`more than ${maxDepth} nested envelopes`, line);
  else if (typeof value === "string") unwrapText(value, line, found, depth);
  else if (Array.isArray(value)) unwrapOpened(wholeListOf(value) ?? { inside: value }, line, found, depth);
  else if (typeof value !== "object" || value === null) found.odd(describedValue(value), line);
  else unwrapObject(value as Fields, line, found, depth);
}

function unwrapObject(fields: Fields, line: number, found: Found, depth: number): void {
  for (const form of forms) {
    const opened = form.open(fields);
    if (opened !== undefined) return unwrapOpened(opened, line, found, depth);
  }
  search(fields, line, found, depth);
}

function unwrapOpened(opened: Opened, line: number, found: Found, depth: number): void {
  if ("record" in opened) found.record(opened.record, line);
  else if ("objects" in opened) for (const object of opened.objects) found.object(object);
  else if ("passedOver" in opened) found.passedOver(opened.passedOver);
  else if ("unusable" in opened) found.odd(opened.unusable, line);
  else {
    if (opened.inside.length === 0) found.nothing();
    if (opened.missing !== undefined) found.broken(describedMissing(opened.missing), line);
    for (const inner of opened.inside) unwrapValue(inner, line, found, depth + 1);
  }
}

/** A text inside a value: JSON, several values, something before them, or base64 of these, compressed or not. */
function unwrapText(text: string, line: number, found: Found, depth: number): void {
  const trimmed = text.trim();
  const trial = trialMessageOf(trimmed);
  if (trial !== undefined) return unwrapOpened(trial, line, found, depth);
  if (trimmed === "") return found.odd("an empty text", line);
  if (isBase64(trimmed)) return unwrapBase64(trimmed, line, found, depth);
  let parsed: unknown;
  try {
    parsed = JSON.parse(trimmed);
  } catch {
    return unwrapDocuments(trimmed, line, found, depth);
  }
  unwrapValue(parsed, line, found, depth + 1);
}

function unwrapBase64(text: string, line: number, found: Found, depth: number): void {
  for (const bytes of decoded(text)) {
    let inner: string;
    try {
      inner = (isGzip(bytes) ? inflatedWhole(bytes, maxInnerBytes) : bytes).toString("utf8");
    } catch (error) {
      found.broken(`the gzip in its base64 is broken: ${(error as Error).message}`, line);
      continue;
    }
    unwrapValue(inner, line, found, depth + 1);
  }
}

function unwrapDocuments(text: string, line: number, found: Found, depth: number): void {
  const documents = createDocuments({
    value: (value) => unwrapValue(value, line, found, depth + 1),
    broken(reason, _, values) {
      found.broken(`in a text inside it: ${reason}`, line);
      for (const value of values) unwrapValue(value, line, quietly(found), depth + 1);
    },
    text: () => found.odd("a text that is not JSON", line),
  });
  documents.put(Buffer.from(text));
  documents.end();
}

/** Looks for records anywhere in an object of an unknown form, and reports where they were. */
function search(fields: Fields, line: number, found: Found, depth: number): void {
  const records: CloudTrailRecord[] = [];
  const paths = new Set<string>();
  const collecting: Found = { ...found, record: (record) => records.push(record) };
  const waiting: Member[] = [{ value: fields, path: "" }];
  let looked = 0;
  for (; looked < waiting.length && waiting.length < maxSearched; looked += 1) {
    const { value, path } = waiting[looked] as Member;
    // In a list with records, anything else is odd.
    const isTaken = Array.isArray(value)
      ? value.some((item) => isOrHolds(item, line, depth))
      : isOrHolds(value, line, depth);
    if (isTaken) {
      paths.add(path);
      unwrapValue(value, line, collecting, depth + 1);
    } else if (typeof value === "object" && value !== null)
      for (const [name, member] of Object.entries(value))
        waiting.push({ value: member, path: stepTo(name, path, Array.isArray(value)) });
  }
  if (looked < waiting.length)
    found.broken(`only ${maxSearched.toLocaleString("en")} members of an unknown format are searched`, line);
  if (records.length === 0) return found.odd(described(fields), line);
  found.note(`found records in ${[...paths].slice(0, 3).join(", ")} of an unknown format`);
  for (const record of withoutTwins(records)) found.record(record, line);
}

interface Member {
  value: unknown;
  path: string;
}

function stepTo(name: string, path: string, isItem: boolean): string {
  if (isItem) return `${path}[]`;
  return path === "" ? name.slice(0, 40) : `${path}.${name.slice(0, 40)}`;
}

/** Whether a member is a record, or a text that contains one. */
function isOrHolds(value: unknown, line: number, depth: number): boolean {
  if (typeof value === "string") {
    if (!/event_?name/i.test(value) && !isBase64(value)) return false;
    let records = 0;
    unwrapValue(value, line, quietly({ record: () => (records += 1), object: () => {} }), depth + 1);
    return records > 0;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const record = recordOf(value as Fields);
  return record !== undefined && ("userIdentity" in record || "requestParameters" in record);
}

/** An unknown form may contain a record more than once: as text, and taken apart. */
function withoutTwins(records: CloudTrailRecord[]): CloudTrailRecord[] {
  const seen = new Set<unknown>();
  return records.filter(({ eventID }) => {
    if (typeof eventID !== "string" || eventID === "") return true;
    const isNew = !seen.has(eventID);
    seen.add(eventID);
    return isNew;
  });
}

/** The message about a table that lacks columns. */
export function describedMissing(missing: string[]): string {
  return `it has no column for ${missing.join(" and ")}: detections that read them find nothing; select all columns`;
}

/** A few words for an object without records. */
export function described(fields: Fields): string {
  const keys = Object.keys(fields);
  if (keys.length === 0) return "an object without fields";
  const some = keys.slice(0, 8).map((key) => JSON.stringify(key.slice(0, 40)));
  if (keys.length > some.length) some.push("…");
  const isNear = keys.some((key) => ["eventVersion", "eventTime", "userIdentity", ...required].includes(key));
  const missing = required.filter((name) => typeof fields[name] !== "string" || fields[name] === "");
  return `an object ${isNear ? `without ${missing.join(" and ")}, ` : ""}with ${some.join(", ")}`;
}

/** A record must have these. */
const required = ["eventSource", "eventName"];

function describedValue(value: unknown): string {
  return `${JSON.stringify(value) ?? "nothing"} instead of a record`;
}
