import { brokenAt, INCOMPLETE, isRemnant, salvaged, valueEnd } from "./json";

/** Receives the documents of a text, in order. */
export interface DocumentSink {
  /** A JSON value by itself, on its own line or after others, or an element of a very long array. */
  value(value: unknown, line: number): void;
  /** Something that should be JSON but is broken or cut off, and the values in it that are complete. */
  broken(reason: string, line: number, values: unknown[]): void;
  /**
   * A line, or the rest of one, without JSON.
   *
   * @param isCell whether it follows a value and a tab on its line
   */
  text(text: string, line: number, isCell: boolean): void;
}

/** Finds the documents of a text that arrives in chunks of UTF-8. */
export interface Documents {
  put(chunk: Buffer): void;
  end(): void;
}

/** A larger value is not parsed at once if its elements can be taken one by one. */
const usualWholeBytes = 16 * 1024 ** 2;
/** A larger value cannot be parsed: strings are limited to 512 MiB. */
const maxValueBytes = 384 * 1024 ** 2;

const tab = 0x09;
const newline = 0x0a;
const comma = 0x2c;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
const quote = 0x22;

/** `{"Records":[` or `[`. */
const listStart = /^(?:\{[ \t\r\n]*"Records"[ \t\r\n]*:[ \t\r\n]*)?\[/;

/**
 * Creates the reader of JSON texts: one value, values in sequence (as printed by `jq` or joined by Firehose), one value per
 * line, with commas between them or with something else before them (a time, a syslog header), and lines without JSON. A
 * broken value costs only itself: reading continues at the next line that does not belong to it by its indentation.
 *
 * Memory grows with the longest value in the text, not with the text.
 *
 * @param options.maxWholeBytes longer lists are taken element by element
 */
export function createDocuments(sink: DocumentSink, { maxWholeBytes = usualWholeBytes } = {}): Documents {
  let bytes: Buffer = Buffer.alloc(0);
  let waiting: Buffer[] = [];
  let length = 0;
  /** A value is incomplete: it is not scanned again before this many bytes are there, so that the cost stays linear. */
  let awaited = 0;
  /** Bytes of the text before `bytes`. */
  let before = 0;
  let line = 1;
  /** The index in `bytes` where that line ends. */
  let nextNewline = 0;
  let isEnd = false;
  /** The list whose elements are taken one by one. */
  let list: "array" | "Records" | undefined;
  /** The line was tried as one value up to here. */
  let triedLine = -1;
  let hadBroken = false;
  /** What came before on this line. */
  let behind: "value" | "value and tab" | undefined;

  /** The line of the byte at `at`, which must not decrease between calls. */
  function lineOf(at: number): number {
    while (nextNewline < at) {
      line += 1;
      nextNewline = newlineFrom(nextNewline + 1);
    }
    return line;
  }

  function newlineFrom(at: number): number {
    const found = bytes.indexOf(newline, at);
    return found < 0 ? bytes.length : found;
  }

  function afterBlanks(from: number): number {
    let at = from;
    for (; at < bytes.length && isBlank(bytes, at); at += 1) {
      if (bytes[at] === newline) behind = undefined;
      else if (bytes[at] === tab && behind !== undefined) behind = "value and tab";
    }
    return at;
  }

  /** The end of the line of `at`, or {@link INCOMPLETE} if it has not arrived. */
  function endOfLine(at: number): number {
    lineOf(at);
    return orIncomplete(nextNewline);
  }

  function orIncomplete(end: number): number {
    return end < bytes.length || isEnd ? end : INCOMPLETE;
  }

  function wait(at: number): number {
    if (bytes.length - at > maxValueBytes)
      throw new Error(
        `a value on line ${lineOf(at)} is longer than ${maxValueBytes / 1024 ** 2} MiB: split it, for example with jq -c '.[]'`,
      );
    awaited = 2 * (bytes.length - at);
    return INCOMPLETE;
  }

  /** Takes one value, if it can be parsed. */
  function parse(from: number, to: number): boolean {
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString("utf8", from, to));
    } catch {
      return false;
    }
    sink.value(value, lineOf(from));
    behind = "value";
    return true;
  }

  /** Takes the value at `at`; returns the index after it, or {@link INCOMPLETE}. */
  function takeValue(at: number): number {
    const line = list === undefined && at > triedLine ? endOfLine(at) : INCOMPLETE;
    if (line !== INCOMPLETE && line - at <= maxWholeBytes) {
      triedLine = line;
      if (parse(at, line)) return line;
    }
    const end = valueEnd(bytes, at);
    if (end > 0 && parse(at, end)) return end;
    if (end === INCOMPLETE && !isEnd) {
      if (list === undefined && bytes.length - at > maxWholeBytes) {
        const start = listStart.exec(bytes.toString("latin1", at, at + 200));
        if (start !== null) {
          list = start[0] === "[" ? "array" : "Records";
          return at + start[0].length;
        }
      }
      return wait(at);
    }
    return takeBroken(at, end);
  }

  /** Takes a broken value from `at` on: up to its closing brackets, or to the next line that starts a new value. */
  function takeBroken(at: number, balanced = INCOMPLETE): number {
    const end = balanced > 0 ? balanced : endOfBroken(at);
    if (end === INCOMPLETE) return wait(at);
    const part = bytes.subarray(at, end);
    const values = salvaged(part);
    const isCutOff = end === bytes.length && valueEnd(part, 0) === INCOMPLETE;
    const place = brokenAt(part);
    const from = isCutOff ? end : at + place.at;
    const reason = isCutOff
      ? `its JSON is cut off at byte ${before + end}`
      : `its JSON is broken at byte ${before + from}${place.why}`;
    sink.broken(reason, lineOf(from), values);
    hadBroken = true;
    if (balanced <= 0) list = undefined;
    return end;
  }

  function endOfBroken(at: number): number {
    let from = at;
    for (;;) {
      const end = orIncomplete(newlineFrom(from));
      if (end === INCOMPLETE || end === bytes.length) return end;
      if (end + 1 === bytes.length && !isEnd) return INCOMPLETE;
      const begins = bytes[end + 1] as number;
      if (end + 1 === bytes.length || !" \t\r\n}]".includes(String.fromCharCode(begins))) return end;
      from = end + 1;
    }
  }

  /** Takes one element of a list, or what follows the last one. */
  function takeElement(at: number): number {
    const byte = bytes[at] as number;
    if (byte === closeArray) {
      const isRecords = list === "Records";
      list = undefined;
      return isRecords ? takeRest(at + 1) : at + 1;
    }
    if (byte === openObject || byte === openArray || byte === quote) return takeValue(at);
    let end = at;
    while (end < bytes.length && !isBlank(bytes, end) && bytes[end] !== closeArray) end += 1;
    if (end === bytes.length && !isEnd) return wait(at);
    return parse(at, end) ? end : takeBroken(at);
  }

  /** Skips the other fields of a log file, after its records. */
  function takeRest(from: number): number {
    const at = afterBlanks(from);
    if (bytes[at] === closeObject) return at + 1;
    const rest = Buffer.concat([Buffer.from("{"), bytes.subarray(at)]);
    const end = valueEnd(rest, 0);
    if (end === INCOMPLETE && !isEnd) {
      list = "Records";
      return wait(from - 1);
    }
    return end > 0 ? at + end - 1 : takeBroken(at);
  }

  /** Takes a line that does not begin with JSON: its first value, or all of it as text. */
  function takeLine(at: number): number {
    const end = endOfLine(at);
    if (end === INCOMPLETE) return wait(at);
    for (let from = bytes.indexOf(openObject, at); from >= 0 && from < end; ) {
      const to = valueEnd(bytes, from);
      if (to > 0 && parse(from, to)) {
        const prefix = bytes.toString("utf8", at, from);
        if (isRemnant(prefix)) sink.text(prefix, lineOf(at), false);
        triedLine = end;
        return to;
      }
      if (to === INCOMPLETE && !isEnd) return wait(at);
      const next = bytes.indexOf(openObject, from + 1);
      if (bytes[from + 1] === quote) return takeBroken(from);
      from = next;
    }
    const text = bytes.toString("utf8", at, end);
    // The end of a list with a broken element.
    if (!hadBroken || /[^\]},\s]/.test(text)) sink.text(text, lineOf(at), behind === "value and tab");
    return end;
  }

  function take(at: number): number {
    if (list !== undefined) return takeElement(at);
    const byte = bytes[at];
    return byte === openObject || byte === openArray || byte === quote ? takeValue(at) : takeLine(at);
  }

  function takeAll(): void {
    bytes = Buffer.concat(waiting);
    nextNewline = newlineFrom(0);
    awaited = 0;
    let at = 0;
    for (;;) {
      at = afterBlanks(at);
      if (at >= bytes.length) break;
      const next = take(at);
      if (next === INCOMPLETE) break;
      at = next;
    }
    lineOf(at);
    before += at;
    triedLine -= at;
    bytes = bytes.subarray(at);
    waiting = [bytes];
    length = bytes.length;
  }

  return {
    put(chunk) {
      waiting.push(chunk);
      length += chunk.length;
      if (length >= awaited) takeAll();
    },
    end() {
      isEnd = true;
      takeAll();
      if (list !== undefined) sink.broken(`its JSON is cut off at byte ${before}`, line, []);
    },
  };
}

/** Blanks, commas between values, the separator of JSON text sequences, and byte order marks of concatenated texts. */
function isBlank(bytes: Buffer, at: number): boolean {
  const byte = bytes[at] as number;
  if (byte <= 0x20) return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1e;
  return byte === comma || byte === 0xef || byte === 0xbb || byte === 0xbf;
}
