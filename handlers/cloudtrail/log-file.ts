import { pipeline } from "node:stream/promises";
import { createGunzip, type ZlibOptions } from "node:zlib";
import { createJsonScanners, type JsonScanner } from "./json-scanner";
import { type CloudTrailRecord, nameOf } from "./record";
import { createRecordScanner } from "./record-scanner";

/** Which records a reader hands on; made from the catalogue. */
export interface Wanted {
  /** Event names without source and date suffix: `AttachUserPolicy`. */
  eventNames: string[];
  /** Texts of which any, anywhere in a record's JSON, makes it wanted (the `hints` of detections on every event). */
  hints: string[];
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
  /** A record that some detection could match; and its JSON when a hint stands in it, or may, else "". */
  record(record: CloudTrailRecord, hinted: string): void;
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
 * - each record whose event name, without an API date, is among `wanted.eventNames`;
 * - each record in whose bytes one of `wanted.hints` stands, and, when there are hints, each with a backslash in it,
 *   for an escape may hide one.
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
  const idleScanners = 4;
  // Looked up once: in a serialized callback a name from outside of the factory is searched for at each use.
  const parse = JSON.parse;
  const everything = wanted.hints.includes("");
  const hints = wanted.hints.filter((hint) => hint !== "");
  const eventNames = new Set(wanted.eventNames);
  const createJsonScanner = createJsonScanners(hints);
  const first = createJsonScanner();
  const usualCapacity = first.capacity();
  const nameHashes = new Set(wanted.eventNames.map((name) => first.hashOf(name)));
  /** A scanner serves one file at a time; so many are kept for the next ones. */
  const idle: JsonScanner[] = [first];

  function createOnRecord(json: JsonScanner, sink: LogFileSink, counts: LogFileCounts) {
    return function onRecord(from: number, end: number, isObject: boolean): void {
      const bytes = json.bytes();
      const hasBackslash = json.hasBackslash();
      const hash = json.nameHash();
      const hinted = everything || (hints.length > 0 && (hasBackslash || json.hinted(from, end)));
      counts.records += 1;
      if (sink.raw !== undefined) sink.raw(bytes.subarray(from, end));
      if (!hinted && !hasBackslash && hash !== undefined && !nameHashes.has(hash)) return;
      const text = bytes.toString("utf8", from, end);
      let record: unknown;
      try {
        record = parse(text);
      } catch (error) {
        throw Object.assign(new Error(`record ${counts.records} is broken: JSON knows no such escape`), {
          cause: error,
        });
      }
      if (!isObject || !(hinted || eventNames.has(nameOf(record as CloudTrailRecord)))) return;
      counts.parsed += 1;
      sink.record(record as CloudTrailRecord, hinted ? text : "");
    };
  }

  return async function readLogFile(source, content, sink) {
    const counts: LogFileCounts = { records: 0, parsed: 0, bytes: 0 };
    const json = idle.pop() ?? createJsonScanner();
    try {
      const records = createRecordScanner(json, limits.maxRecordBytes, createOnRecord(json, sink, counts));
      const consume = async (chunks: AsyncIterable<Uint8Array>) => {
        for await (const chunk of chunks) {
          counts.bytes += chunk.length;
          if (counts.bytes > limits.maxInflatedBytes)
            throw new Error(`it inflates to more than ${limits.maxInflatedBytes} bytes`);
          records.put(chunk);
        }
      };
      // A stream's option, left out of the type of zlib's options.
      const options: ZlibOptions & { highWaterMark: number } = {
        chunkSize: chunkBytes,
        highWaterMark: aheadBytes,
      };
      if (isGzip) await pipeline(content, createGunzip(options), consume);
      else await pipeline(content, consume);
      records.end();
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
