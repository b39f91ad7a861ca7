import { pipeline } from "node:stream/promises";
import { createGunzip, gunzipSync, type ZlibOptions } from "node:zlib";
import { createJsonScanners, type HintField, type JsonScanner, type TextsInField } from "./json-scanner";
import { type CloudTrailRecord, nameOf } from "./record";
import { createRecordScanner } from "./record-scanner";

/** What must stand in the JSON of a record for somebody to want it, whatever its event. */
export interface Hint extends TextsInField {
  /** Of another field, when that is a text: whether the record may be wanted. Asked once for each text. */
  and?: { field: HintField; may(value: string): boolean };
}

/** Which records a reader hands on; made from the catalogue. */
export interface Wanted {
  /** Event names without source and date suffix: `AttachUserPolicy`. */
  eventNames: string[];
  /**
   * Of event names: texts of which one must stand in the JSON of `requestParameters` for the record to be wanted, unless these
   * are a text themselves: hidden. The same array for events with the same texts.
   */
  onlyWith?: Record<string, string[]>;
  /** Of which any makes a record wanted; an undefined one makes every record wanted. 31 at the most. */
  hints: (Hint | undefined)[];
}

/** What a reader counted in one log file. */
export interface LogFileCounts {
  /** Records in the file. */
  records: number;
  /** Records that were parsed and handed on. */
  parsed: number;
  /** Bytes of the inflated JSON. */
  bytes: number;
}

/** Where a reader puts what it reads, in the order of the file. */
export interface LogFileSink {
  /**
   * A record that some detection could match; and which hints hold for it, or may: bit 0 for the first, and so on. Records
   * share objects that are the same in them: nobody may change one.
   */
  record(record: CloudTrailRecord, hinted: number): void;
  /** Every record's own bytes (JSON, UTF-8), when given; valid only during the call. */
  raw?(json: Buffer): void;
}

/** Bounds that keep one hostile or broken log file from taking the function down. */
export interface LogFileLimits {
  /** Bytes of inflated JSON of one log file. */
  maxInflatedBytes: number;
  /** Bytes of one record. */
  maxRecordBytes: number;
}

/** Reads one log file chunk by chunk. Rejects with an error that names `source` and says what is wrong with it. */
export type ReadLogFile = (
  source: string,
  content: AsyncIterable<Uint8Array>,
  sink: LogFileSink,
) => Promise<LogFileCounts>;

/**
 * Makes the reader of log files.
 *
 * It costs little more than inflating the file: it goes over the bytes to find each record's end and its event name,
 * checks all of JSON's grammar on the way, and parses only what is wanted. It hands on, as if the whole file had been
 * parsed,
 * - each record whose event name, without an API date, is among `wanted.eventNames`; where `wanted.onlyWith` names it, each in
 *   whose parameters one of the texts stands, or an escape where one may hide;
 * - each record in whose bytes one of `wanted.hints` holds, and, when there are hints, each with an escape where one may
 *   hide: in a field with hints, its name, or a key.
 *
 * Memory does not grow with the file: some chunks, one unfinished record, and as much again.
 */
export function createReadLogFile(wanted: Wanted, limits: LogFileLimits): ReadLogFile {
  return createReader(wanted, limits, true);
}

/** Makes a reader like {@link createReadLogFile}'s of log files that are inflated already. */
export function createReadInflatedLogFile(wanted: Wanted, limits: LogFileLimits): ReadLogFile {
  return createReader(wanted, limits, false);
}

function createReader(wanted: Wanted, limits: LogFileLimits, isGzip: boolean): ReadLogFile {
  // Chunks of this size stay in the processor's cache; smaller ones cost more in hand-overs between threads.
  const chunkBytes = 256 * 1024;
  // Inflated ahead, by another thread, while this one looks at a chunk.
  const aheadBytes = 4 * chunkBytes;
  // A stream's option, left out of the type of zlib's options.
  const inflating: ZlibOptions & { highWaterMark: number } = {
    chunkSize: chunkBytes,
    highWaterMark: aheadBytes,
  };
  // At the end of each piece of gzip a chunk is cut short, and another one is waited for.
  const pieceBytes = 1024 ** 2;
  // Such a log file is inflated in one go: a stream costs ten times as much as its few records.
  const smallBytes = 64 * 1024;
  // 64 KiB of gzip cannot hold more.
  const maxOfSmall = 128 * 1024 ** 2;
  const idleScanners = 4;
  const { hints } = wanted;
  const always = hints.reduce((bits, hint, index) => (hint === undefined ? bits | (1 << index) : bits), 0);
  const all = 2 ** hints.length - 1;
  const tests = hints.map((hint) =>
    hint?.and === undefined ? null : { ...hint.and, known: new Map<string, boolean>() },
  );
  const maxRemembered = 10_000;
  const { onlyWith = {} } = wanted;
  // The scanner's hints about parameters have the numbers behind the others. What has none left is always wanted.
  const inParameters = [...new Set(Object.values(onlyWith))].slice(0, 31 - hints.length);
  const createJsonScanner = createJsonScanners(
    [
      ...hints.map((hint) => hint ?? { field: "errorCode" as const, texts: [] }),
      ...inParameters.map((texts) => ({ field: "requestParameters" as const, texts })),
    ],
    wanted.eventNames,
    hints.flatMap((hint) => hint?.and?.field ?? []),
  );
  const first = createJsonScanner();
  const usualCapacity = first.capacity();
  /** A scanner serves one file at a time; so many are kept for the next ones. */
  const idle: JsonScanner[] = [first];
  const everyTime = -1;
  /** Of each wanted name the hints of which one must hold, as bits. */
  const bitsOfNames = new Map(
    wanted.eventNames.map((name) => {
      const place = Object.hasOwn(onlyWith, name) ? inParameters.indexOf(onlyWith[name] as string[]) : -1;
      return [name, place < 0 ? everyTime : 1 << (hints.length + place)];
    }),
  );
  /** The same by the names' hashes: of two names with one, the hints of both. */
  const bitsOfHashes = new Map<number, number>();
  for (const [name, bits] of bitsOfNames) {
    const hash = first.hashOf(name);
    bitsOfHashes.set(hash, bits | (bitsOfHashes.get(hash) ?? 0));
  }

  /** Of the hints whose texts stand in the record that was scanned, those that hold. */
  function confirmed(found: number, json: JsonScanner): number {
    let holding = found;
    for (let index = 0; index < tests.length; index += 1) {
      const test = tests[index] ?? null;
      if (test === null || (found & (1 << index)) === 0) continue;
      const value = json.textOf(test.field);
      // What is not a text may hold: whoever parses it decides.
      if (value === null) continue;
      let may = test.known.get(value) ?? null;
      if (may === null) {
        may = test.may(value);
        if (test.known.size >= maxRemembered) test.known.clear();
        test.known.set(value, may);
      }
      if (!may) holding &= ~(1 << index);
    }
    return holding;
  }

  /** Whether the record that was scanned may be wanted by its name; an API date behind it is not in the hash. */
  function mayBeNamed(json: JsonScanner): boolean {
    let bits = bitsOfHashes.get(json.nameHash()) ?? 0;
    if (json.isNameUnsure()) {
      const eventName = json.name();
      if (eventName === null) return true;
      bits = bitsOfNames.get(nameOf({ eventName } as CloudTrailRecord)) ?? 0;
    }
    if (bits === 0 || bits === everyTime || (json.hints() & bits) !== 0) return bits !== 0;
    return json.hasEscapedParameters() || json.textOf("requestParameters") !== null;
  }

  function createOnRecord(json: JsonScanner, sink: LogFileSink, counts: LogFileCounts) {
    const raw = sink.raw ?? null;
    return function onRecord(from: number, end: number, index: number): void {
      const bytes = json.bytes();
      if (raw !== null) raw(bytes.subarray(from, end));
      const hasBackslash = json.hasBackslash();
      let hinted = hasBackslash ? all : always;
      const found = json.hints() & all;
      if (!hasBackslash && found !== 0) hinted |= confirmed(found, json);
      if (hinted === 0 && !hasBackslash && !mayBeNamed(json)) return;
      let record: unknown;
      try {
        record = json.parse(from, end);
      } catch (error) {
        throw Object.assign(new Error(`record ${index} is broken: JSON knows no such escape`), {
          cause: error,
        });
      }
      if (bytes[from] !== 0x7b || !(hinted !== 0 || bitsOfNames.has(nameOf(record as CloudTrailRecord))))
        return;
      counts.parsed += 1;
      sink.record(record as CloudTrailRecord, hinted);
    };
  }

  return async function readLogFile(source, content, sink) {
    const counts: LogFileCounts = { records: 0, parsed: 0, bytes: 0 };
    const json = idle.pop() ?? createJsonScanner();
    try {
      const records = createRecordScanner(
        json,
        { maxRecordBytes: limits.maxRecordBytes, all: sink.raw !== undefined || always !== 0 },
        createOnRecord(json, sink, counts),
      );
      const put = (chunk: Uint8Array) => {
        counts.bytes += chunk.length;
        if (counts.bytes > limits.maxInflatedBytes)
          throw new Error(`it inflates to more than ${limits.maxInflatedBytes} bytes`);
        records.put(chunk);
      };
      const putAll = async (chunks: AsyncIterable<Uint8Array>) => {
        for await (const chunk of chunks) put(chunk);
      };
      if (!isGzip) await pipeline(content, putAll);
      else {
        const beginning = await beginningOf(content, smallBytes, pieceBytes);
        if (beginning.small === undefined) await pipeline(beginning.all, createGunzip(inflating), putAll);
        else if (beginning.small.length > 0) {
          const inflated = gunzipSync(beginning.small, { maxOutputLength: maxOfSmall });
          for (let at = 0; at < inflated.length; at += chunkBytes)
            put(inflated.subarray(at, at + chunkBytes));
        }
      }
      counts.records = records.end();
      return counts;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const reason = code?.startsWith("Z_") ? `its gzip is broken: ${message}` : message;
      throw Object.assign(new Error(`unable to read log file ${source}: ${reason}`), { cause: error });
    } finally {
      // One that a long record has made large is left to the garbage collector.
      if (idle.length < idleScanners && json.capacity() === usualCapacity) idle.push(json);
    }
  };
}

/**
 * Reads on until there are more than `most` bytes, or no more: then that is `small`; else `all` begins anew, in pieces of
 * `pieceBytes` or a little more.
 */
async function beginningOf(
  content: AsyncIterable<Uint8Array>,
  most: number,
  pieceBytes: number,
): Promise<{ small: Buffer } | { small?: undefined; all: AsyncIterable<Uint8Array> }> {
  const chunks = content[Symbol.asyncIterator]();
  let piece: Uint8Array[] = [];
  let length = 0;
  while (length <= most) {
    const { done, value } = await chunks.next();
    if (done) return { small: Buffer.concat(piece) };
    piece.push(value);
    length += value.length;
  }
  async function* all() {
    for await (const chunk of { [Symbol.asyncIterator]: () => chunks }) {
      piece.push(chunk);
      length += chunk.length;
      if (length < pieceBytes) continue;
      yield Buffer.concat(piece);
      piece = [];
      length = 0;
    }
    yield Buffer.concat(piece);
  }
  return { all: all() };
}
