import type { FieldHint, Wanted, WantedEvent } from "../../handlers/cloudtrail/reader/index";
import { type CloudTrailRecord, nameOf } from "../../handlers/cloudtrail/record";

/** What a reader of log files must make of a text. */
export interface Expected {
  /** The bytes of every element of `Records`. */
  raw: string[];
  /** The records that are wanted, or may be. */
  records: ExpectedRecord[];
}

/** What a reader may, and must, make of a record. */
export interface ExpectedRecord {
  record: unknown;
  /** It must be passed on. */
  isWanted: boolean;
  /** The hints that hold for it, as bits. */
  hinted: number;
  /** All hints, if an escape in the record may hide one: it may be passed on, with more hints than hold. */
  mayBeHinted: number;
}

/**
 * The meaning of a log file, by `JSON.parse` of all of it.
 *
 * @returns undefined if the reader must refuse the text
 */
export function expectedOf(bytes: Buffer, wanted: Wanted): Expected | undefined {
  let file: unknown;
  try {
    file = JSON.parse(bytes.toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
  if (typeof file !== "object" || file === null || Array.isArray(file)) return undefined;
  const records: unknown = Object.hasOwn(file, "Records")
    ? (file as { Records: unknown }).Records
    : undefined;
  if (!Array.isArray(records)) return undefined;
  const raw = elementsOfRecords(bytes.toString("latin1"));
  // Of two keys "Records", JSON.parse takes the last. Records of the first would be lost silently, so the file is refused.
  if (raw === undefined) return undefined;
  if (raw.length !== records.length) throw new Error("the reference is wrong");
  const found = records.flatMap((record: unknown, index): ExpectedRecord[] => {
    if (typeof record !== "object" || record === null || Array.isArray(record)) return [];
    const text = raw[index] as string;
    const hinted = hintedIn(record as CloudTrailRecord, text, wanted);
    const mayBeHinted = text.includes("\\") ? 2 ** wanted.hints.length - 1 : hinted;
    const name = nameOf(record as CloudTrailRecord);
    const event = wanted.events.find((one) => one.name === name);
    const isWanted = hinted !== 0 || (event !== undefined && hasItsTexts(event, text));
    return event !== undefined || mayBeHinted !== 0 ? [{ record, isWanted, hinted, mayBeHinted }] : [];
  });
  return { raw: raw.map((text) => Buffer.from(text, "latin1").toString("utf8")), records: found };
}

/**
 * Whether the record's parameters or identity contain one of the texts without which a record of the event is not wanted, or
 * the parameters are a string.
 */
function hasItsTexts({ inParameters, inIdentity }: WantedEvent, raw: string): boolean {
  if (inParameters === undefined && inIdentity === undefined) return true;
  const members = membersOf(raw);
  const has = (field: string, texts: string[] = []) => {
    const value = members.get(field);
    return value !== undefined && texts.some((text) => holdsText(value, text));
  };
  const isText = inParameters !== undefined && members.get("requestParameters")?.startsWith('"') === true;
  return isText || has("requestParameters", inParameters) || has("userIdentity", inIdentity);
}

/** The hints that hold for a record, as bits. */
function hintedIn(record: CloudTrailRecord, raw: string, { hints }: Wanted): number {
  const written = membersOf(raw);
  return hints.reduce((bits, hint, index) => {
    const { field, texts, and } = hint as FieldHint;
    const value = written.get(field);
    const other = and === undefined ? undefined : record[and.field];
    const holds =
      value !== undefined &&
      texts.some((text) => holdsText(value, text)) &&
      (typeof other !== "string" || and?.may(other) === true);
    return holds ? bits | (1 << index) : bits;
  }, 0);
}

/** Whether a value contains a text, as written or unescaped. */
function holdsText(value: string, text: string): boolean {
  const meant = JSON.stringify(JSON.parse(Buffer.from(value, "latin1").toString("utf8")));
  return value.includes(Buffer.from(text, "utf8").toString("latin1")) || meant.includes(text);
}

/** The values of an object's members, as written; of two with the same key, the last. */
function membersOf(text: string): Map<string, string> {
  const members = new Map<string, string>();
  const { elements, value } = walk(text);
  let key: string | undefined;
  elements(() => {
    const written = value();
    if (key === undefined) key = JSON.parse(Buffer.from(written, "latin1").toString("utf8")) as string;
    else {
      members.set(key, written);
      key = undefined;
    }
  });
  return members;
}

/** The elements of the top-level array `Records`, as written, in a text that is JSON. */
function elementsOfRecords(text: string): string[] | undefined {
  const { elements, value, next, blank } = walk(text);
  const found: string[][] = [];
  blank();
  let key: string | undefined;
  elements(() => {
    if (key === undefined) {
      key = JSON.parse(Buffer.from(value(), "latin1").toString("utf8")) as string;
      return;
    }
    if (key === "Records" && next() === "[") {
      const own: string[] = [];
      elements(() => own.push(value()));
      found.push(own);
    } else {
      if (key === "Records") found.push([]);
      value();
    }
    key = undefined;
  });
  return found.length === 1 ? found[0] : undefined;
}

/** A cursor in a text that is JSON, from its beginning. */
function walk(text: string) {
  let at = 0;
  const blank = () => {
    while (" \n\r\t".includes(text[at] ?? "x")) at++;
  };
  const value = (): string => {
    blank();
    const start = at;
    if (text[at] === '"') {
      for (at++; text[at] !== '"'; at++) if (text[at] === "\\") at++;
      at++;
    } else if (text[at] === "{" || text[at] === "[") {
      elements(value);
    } else while (!" \n\r\t,:]}".includes(text[at] ?? " ")) at++;
    const end = at;
    blank();
    return text.slice(start, end);
  };
  /** Walks an object or array, and calls `each` at every key, value and element. */
  const elements = (each: () => void) => {
    at++;
    blank();
    while (text[at] !== "}" && text[at] !== "]") {
      each();
      blank();
      if (text[at] === "," || text[at] === ":") at++;
      blank();
    }
    at++;
  };
  return { blank, value, elements, next: () => text[at] };
}
