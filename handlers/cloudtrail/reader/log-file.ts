import { type CloudTrailRecord, nameOf } from "../record";
import { createValueEnd } from "./grammar";
import { type Feed, feedGzip, feedInflated } from "./gzip";
import { createRecordReader } from "./records";
import type { CreateScanners, Note } from "./scanner";
import { createFastestScanners } from "./scanners";
import { indexOf, NOT_WANTED, type Wanted } from "./wanted";

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
 * - each record whose event name, without an API date, is among `wanted.events`; where that has `inParameters`, each in whose
 *   parameters one of the texts stands, or an escape where one may hide;
 * - each record in whose bytes one of `wanted.hints` holds, and, when there are hints, each with an escape where one may
 *   hide: in its name, or in a field that hints may be about.
 *
 * Memory does not grow with the file: some chunks, one unfinished record, and as much again.
 */
export function createReadLogFile(wanted: Wanted, limits: LogFileLimits): ReadLogFile {
  return createReader(wanted, limits, feedGzip);
}

/** Makes a reader like {@link createReadLogFile}'s of log files that are inflated already. */
export function createReadInflatedLogFile(wanted: Wanted, limits: LogFileLimits): ReadLogFile {
  return createReader(wanted, limits, feedInflated);
}

/** Makes a reader with other scanners than the fastest: tests do. */
export function createReader(
  wanted: Wanted,
  limits: LogFileLimits,
  feed: Feed,
  createScanners: CreateScanners = createFastestScanners,
): ReadLogFile {
  const maxIdle = 4;
  const index = indexOf(wanted);
  const valueEnd = createValueEnd();
  const createScanner = createScanners(index, valueEnd, limits.maxRecordBytes);
  /** A scanner serves one file at a time; so many are kept for the next ones. */
  const idle = [createScanner()];

  /** Hands on what is wanted of what was noted. */
  const createOnNote = (sink: LogFileSink, counts: LogFileCounts) => {
    const raw = sink.raw ?? null;
    return (note: Note, bytes: Buffer): void => {
      if (raw !== null) raw(bytes.subarray(note.from(), note.end()));
      const hinted = note.hinted();
      if (hinted === NOT_WANTED) return;
      const record = note.parse() as CloudTrailRecord;
      if (hinted === 0 && !index.events.has(nameOf(record))) return;
      counts.parsed += 1;
      sink.record(record, hinted);
    };
  };

  return async function readLogFile(source, content, sink) {
    const counts: LogFileCounts = { records: 0, parsed: 0, bytes: 0 };
    const scanner = idle.pop() ?? createScanner();
    try {
      scanner.begin(sink.raw !== undefined || index.always !== 0);
      const records = createRecordReader(
        scanner,
        valueEnd,
        limits.maxRecordBytes,
        createOnNote(sink, counts),
      );
      await feed(content, (chunk) => {
        counts.bytes += chunk.length;
        if (counts.bytes > limits.maxInflatedBytes)
          throw new Error(`it inflates to more than ${limits.maxInflatedBytes} bytes`);
        records.put(chunk);
      });
      counts.records = records.end();
      return counts;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const reason = code?.startsWith("Z_") ? `its gzip is broken: ${message}` : message;
      throw Object.assign(new Error(`unable to read log file ${source}: ${reason}`), { cause: error });
    } finally {
      // One that a long record has made large is left to the garbage collector.
      if (idle.length < maxIdle && !scanner.hasGrown()) idle.push(scanner);
    }
  };
}
