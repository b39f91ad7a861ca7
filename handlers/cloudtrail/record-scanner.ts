import { INCOMPLETE, type JsonScanner, OUT_OF_TEXT } from "./json-scanner";

/** Finds the records of one log file in its JSON, which comes in chunks. */
export interface RecordScanner {
  /** Takes the next chunk. Throws when the JSON is broken, is not a log file's, or a record is too long. */
  put(chunk: Uint8Array): void;
  /** Says that there is no more. Throws when the JSON is cut off. @returns how many records there were */
  end(): number;
}

/**
 * Makes a scanner of records: `{ …, "Records": [ record, … ], … }`, in any order of keys and with any blanks.
 *
 * All of the text's grammar is checked, also in the records that nobody wants: the same texts are refused as by
 * `JSON.parse`, and one more kind: two keys `Records`, of which `JSON.parse` takes the last.
 *
 * @param all whether `onRecord` gets every record, or those alone that the scanner notes
 * @param onRecord gets the addresses of a record's first byte and of the byte after it, and its number from 1 on; the
 *   scanner tells about it
 */
export function createRecordScanner(
  json: JsonScanner,
  { maxRecordBytes, all }: { maxRecordBytes: number; all: boolean },
  onRecord: (from: number, end: number, index: number) => void,
): RecordScanner {
  const text = json.text;

  // What may come next, blanks aside.
  const FILE = 0;
  const KEY_OR_END = 1;
  const KEY = 2;
  const COLON = 3;
  const VALUE = 4;
  const COMMA_OR_END = 5;
  const RECORD_OR_END = 6;
  const RECORD = 7;
  const RECORD_COMMA_OR_END = 8;
  const NOTHING = 9;
  const expected = [
    '"{" of {"Records":[…]}',
    "a key or }",
    "a key",
    ":",
    "a value",
    ", or }",
    "a record or ]",
    "a record",
    ", or ]",
    "nothing more",
  ];

  let state = FILE;
  let inRecords = false;
  let hadRecords = false;
  let records = 0;
  /** Bytes of text in the scanner, and how many bytes of the file came before them. */
  let length = 0;
  let before = 0;
  /** A value is unfinished: it is not looked at again before this much of it is there, so that its cost stays linear. */
  let awaited = 0;

  const positionOf = (at: number) => `byte ${before + at - text}`;

  function foundAt(at: number): string {
    if (at >= text + length) return "the end";
    const byte = json.bytes()[at] as number;
    return byte > 0x20 && byte < 0x7f
      ? `"${String.fromCharCode(byte)}"`
      : `the byte 0x${byte.toString(16).padStart(2, "0")}`;
  }

  function broken(at: number, wanted: string): Error {
    const where = state === RECORD || state === RECORD_OR_END ? ` in record ${records + 1}` : "";
    return new Error(
      `its JSON is broken at ${positionOf(at)}${where}: expected ${wanted}, found ${foundAt(at)}`,
    );
  }

  function checkSize(at: number, end: number): void {
    if (end - at > maxRecordBytes)
      throw new Error(
        `${inRecords ? `record ${records + 1}` : "a value"} at ${positionOf(at)} is longer than ${maxRecordBytes} bytes`,
      );
  }

  /** The value at `at` goes on after `end`. */
  function awaitMore(at: number, end: number): void {
    checkSize(at, end);
    awaited = Math.min(2 * (end - at), maxRecordBytes + 1);
  }

  /** Address after the value at `at`, or 0 when its end has not come. */
  function valueEnd(at: number, end: number): number {
    const next = json.scan(at, end);
    if (next === INCOMPLETE) {
      awaitMore(at, end);
      return 0;
    }
    checkSize(at, next);
    if (next < 0) throw broken(-2 - next, "JSON");
    if (!inRecords && json.hasBackslash()) parsed(at, next);
    return next;
  }

  function parsed(at: number, end: number): unknown {
    try {
      return JSON.parse(json.bytes().toString("utf8", at, end));
    } catch {
      throw broken(at, "JSON; an escape in a string is wrong");
    }
  }

  /** Address after the records from `at` on that the scanner can go over at once, or `at`. */
  function recordsEnd(at: number, end: number): number {
    const next = json.records(at, end, all, maxRecordBytes);
    const noted = json.noted();
    for (let note = 0; note < noted; note += 1) {
      json.turnTo(note);
      onRecord(json.from(), json.end(), records + json.place() + 1);
    }
    records += json.count();
    return next;
  }

  /** Goes on from address `at` as far as the text reaches; returns the address of the first byte it has not used. */
  function advance(from: number, end: number): number {
    const bytes = json.bytes();
    let at = from;
    // The scanner has come to the end of the text, in a record that is not all there.
    let isOut = false;
    for (;;) {
      let byte = bytes[at] as number;
      while (at < end && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) {
        at += 1;
        byte = bytes[at] as number;
      }
      if (at >= end) return end;
      if (state === RECORD_COMMA_OR_END) {
        if (byte === 0x2c) state = RECORD;
        else if (byte === 0x5d) {
          inRecords = false;
          state = COMMA_OR_END;
        } else throw broken(at, expected[state] as string);
        at += 1;
      } else if ((state === RECORD_OR_END && byte !== 0x5d) || state === RECORD) {
        let next = at;
        if (!isOut) {
          next = recordsEnd(at, end);
          isOut = json.stopped() === OUT_OF_TEXT;
        }
        if (next === at && isOut) {
          awaitMore(at, end);
          return at;
        }
        if (next === at) {
          next = valueEnd(at, end);
          if (next === 0) return at;
          records += 1;
          onRecord(at, next, records);
        }
        state = RECORD_COMMA_OR_END;
        at = next;
      } else if (state === RECORD_OR_END) {
        inRecords = false;
        state = COMMA_OR_END;
        at += 1;
      } else if (state === FILE && byte === 0x7b) {
        state = KEY_OR_END;
        at += 1;
      } else if ((state === KEY_OR_END || state === KEY) && byte === 0x22) {
        const next = valueEnd(at, end);
        if (next === 0) return at;
        if (parsed(at, next) === "Records") {
          if (hadRecords) throw new Error(`it has a second "Records" at ${positionOf(at)}`);
          hadRecords = true;
          inRecords = true;
        }
        state = COLON;
        at = next;
      } else if (state === COLON && byte === 0x3a) {
        state = VALUE;
        at += 1;
      } else if (state === VALUE && inRecords) {
        if (byte !== 0x5b)
          throw new Error(`its "Records" is not an array: found ${foundAt(at)} at ${positionOf(at)}`);
        state = RECORD_OR_END;
        at += 1;
      } else if (state === VALUE) {
        const next = valueEnd(at, end);
        if (next === 0) return at;
        state = COMMA_OR_END;
        at = next;
      } else if (state === COMMA_OR_END && byte === 0x2c) {
        state = KEY;
        at += 1;
      } else if ((state === COMMA_OR_END || state === KEY_OR_END) && byte === 0x7d) {
        state = NOTHING;
        at += 1;
      } else throw broken(at, expected[state] as string);
    }
  }

  function consume(): void {
    const end = text + length;
    awaited = 0;
    const at = advance(text, end);
    json.bytes().copyWithin(text, at, end);
    before += at - text;
    length = end - at;
  }

  json.begin();
  return {
    put(chunk) {
      json.put(chunk, length);
      length += chunk.length;
      if (length >= awaited) consume();
    },
    end() {
      if (length > 0) consume();
      if (state !== NOTHING)
        throw new Error(
          before + length === 0
            ? "it is empty"
            : `its JSON is cut off at byte ${before + length}: expected ${length > 0 ? "the end of a value" : expected[state]}`,
        );
      if (!hadRecords)
        throw new Error('it has no "Records": it is JSON, but not a CloudTrail log file (a digest, perhaps)');
      return records;
    },
  };
}
