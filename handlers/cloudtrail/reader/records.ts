import { BROKEN, INCOMPLETE, type ValueEnd } from "./grammar";
import type { Note, Scanner } from "./scanner";

/** Finds the records of one log file, whose JSON arrives in chunks. */
export interface RecordReader {
  /** Reads the next chunk. Throws if the JSON is broken or not a log file's, or if a record is too long. */
  put(chunk: Uint8Array): void;
  /** Ends the text. Throws if it is cut off. @returns the number of records */
  end(): number;
}

type State =
  | "file"
  | "firstKey"
  | "key"
  | "colon"
  | "value"
  | "commaOrEnd"
  | "colonOfRecords"
  | "array"
  | "firstRecord"
  | "record"
  | "recordCommaOrEnd"
  | "nothing";

/** What may come next, apart from blanks. */
interface Expected {
  /** For errors. */
  what: string;
  /** The bytes that may come, and the states they lead to. */
  bytes: Record<string, State>;
  /** What begins at any other byte. */
  other?: "key" | "value" | "records";
}

/** The form of a log file: `{ …, "Records": [ record, … ], … }`, with its keys in any order. */
const form: Record<State, Expected> = {
  file: { what: '"{" of {"Records":[…]}', bytes: { "{": "firstKey" } },
  firstKey: { what: "a key or }", bytes: { "}": "nothing" }, other: "key" },
  key: { what: "a key", bytes: {}, other: "key" },
  colon: { what: ":", bytes: { ":": "value" } },
  value: { what: "a value", bytes: {}, other: "value" },
  commaOrEnd: { what: ", or }", bytes: { ",": "key", "}": "nothing" } },
  colonOfRecords: { what: ":", bytes: { ":": "array" } },
  array: { what: "[", bytes: { "[": "firstRecord" } },
  firstRecord: { what: "a record or ]", bytes: { "]": "commaOrEnd" }, other: "records" },
  record: { what: "a record", bytes: {}, other: "records" },
  recordCommaOrEnd: { what: ", or ]", bytes: { ",": "record", "]": "commaOrEnd" } },
  nothing: { what: "nothing more", bytes: {} },
};

/**
 * Creates a reader of records. It refuses what `JSON.parse` refuses, in unwanted records too; and a file with two keys `Records`,
 * of which `JSON.parse` would drop the first.
 *
 * @param onNote receives what the scanner notes about a record, and the memory that holds it
 */
export function createRecordReader(
  scanner: Scanner,
  valueEnd: ValueEnd,
  maxRecordBytes: number,
  onNote: (note: Note, bytes: Buffer) => void,
): RecordReader {
  const { text } = scanner;
  let state: State = "file";
  let hadRecords = false;
  let records = 0;
  /** How many bytes of text the scanner holds, and how many bytes of the file preceded them. */
  let length = 0;
  let before = 0;
  /** An unfinished value is not scanned again before it has this many bytes, so that its cost stays linear. */
  let awaited = 0;

  const positionOf = (at: number) => `byte ${before + at - text}`;

  function foundAt(at: number): string {
    if (at >= text + length) return "the end";
    const byte = scanner.bytes()[at] as number;
    return byte > 0x20 && byte < 0x7f
      ? `"${String.fromCharCode(byte)}"`
      : `the byte 0x${byte.toString(16).padStart(2, "0")}`;
  }

  const isInRecords = () => form[state].other === "records";

  function broken(at: number, what: string): Error {
    if (state === "array")
      return new Error(`its "Records" is not an array: found ${foundAt(at)} at ${positionOf(at)}`);
    const where = isInRecords() ? ` in record ${records + 1}` : "";
    return new Error(
      `its JSON is broken at ${positionOf(at)}${where}: expected ${what}, found ${foundAt(at)}`,
    );
  }

  function checkSize(at: number, end: number): void {
    if (end - at <= maxRecordBytes) return;
    const what = isInRecords() ? `record ${records + 1}` : "a value";
    throw new Error(`${what} at ${positionOf(at)} is longer than ${maxRecordBytes} bytes`);
  }

  /** @param next what a ValueEnd returned for the value at `at`. @returns the address after it; `at` if its end is missing */
  function checked(at: number, next: number, end: number): number {
    if (next <= BROKEN) throw broken(BROKEN - next, "JSON");
    const stop = next === INCOMPLETE ? end : next;
    checkSize(at, stop);
    if (next !== INCOMPLETE) return next;
    awaited = Math.min(2 * (end - at), maxRecordBytes + 1);
    return at;
  }

  function afterKey(at: number, end: number): number {
    if (scanner.bytes()[at] !== 0x22) throw broken(at, form[state].what);
    const next = checked(at, valueEnd(scanner.bytes(), at, end, []), end);
    if (next === at) return at;
    const isRecords = JSON.parse(scanner.bytes().toString("utf8", at, next)) === "Records";
    if (isRecords && hadRecords) throw new Error(`it has a second "Records" at ${positionOf(at)}`);
    hadRecords ||= isRecords;
    state = isRecords ? "colonOfRecords" : "colon";
    return next;
  }

  function afterValue(at: number, end: number): number {
    const next = checked(at, valueEnd(scanner.bytes(), at, end, []), end);
    if (next !== at) state = "commaOrEnd";
    return next;
  }

  /** The address after as many records as the scanner takes at once. */
  function afterRecords(at: number, end: number): number {
    const next = scanner.records(at, end);
    const count = next > at ? scanner.count() : 1;
    // Of several, none is too long.
    if (count === 1 && checked(at, next, end) === at) return at;
    const noted = scanner.noted();
    const bytes = scanner.bytes();
    for (let index = 0; index < noted; index += 1) onNote(scanner.note(index), bytes);
    records += count;
    state = "recordCommaOrEnd";
    return next;
  }

  /** The address after whatever begins at `at`; `at` if its end is missing. */
  function step(at: number, end: number): number {
    const { what, bytes, other } = form[state];
    const next = bytes[String.fromCharCode(scanner.bytes()[at] as number)];
    if (next !== undefined) {
      state = next;
      return at + 1;
    }
    if (other === "key") return afterKey(at, end);
    if (other === "value") return afterValue(at, end);
    if (other === "records") return afterRecords(at, end);
    throw broken(at, what);
  }

  function afterBlanks(from: number, end: number): number {
    const bytes = scanner.bytes();
    let at = from;
    while (at < end && isBlank(bytes[at] as number)) at += 1;
    return at;
  }

  /** Reads as far as the text reaches, and drops what it has read. */
  function consume(): void {
    const end = text + length;
    awaited = 0;
    let at = text;
    for (;;) {
      const from = afterBlanks(at, end);
      at = from < end ? step(from, end) : end;
      if (at === from) break;
    }
    scanner.bytes().copyWithin(text, at, end);
    before += at - text;
    length = end - at;
  }

  return {
    put(chunk) {
      scanner.put(chunk, length);
      length += chunk.length;
      if (length >= awaited) consume();
    },
    end() {
      if (length > 0) consume();
      if (state !== "nothing")
        throw new Error(
          before + length === 0
            ? "it is empty"
            : `its JSON is cut off at byte ${before + length}: expected ${length > 0 ? "the end of a value" : form[state].what}`,
        );
      if (!hadRecords)
        throw new Error('it has no "Records": it is JSON, but not a CloudTrail log file (a digest, perhaps)');
      return records;
    },
  };
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
