import { type CloudTrailRecord, nameOf } from "../record";
import { createValueEnd } from "./grammar";
import { type Feed, feedGzip, feedInflated } from "./gzip";
import { createRecordReader } from "./records";
import type { CreateScanners, Note } from "./scanner";
import { createFastestScanners } from "./scanners";
import { createWantedIndex, NOT_WANTED, type Wanted } from "./wanted";

/** What a reader counts in one log file. */
export interface LogFileCounts {
  /** Records in the file. */
  records: number;
  /** Records that were parsed and handed on. */
  parsed: number;
  /** Bytes of the inflated JSON. */
  bytes: number;
}

/** Receives what a reader reads, in the order of the file. */
export interface LogFileSink {
  /**
   * A wanted record, and the hints that hold for it, or may: a bit for each, from 1 on. Records share recurring values, so they
   * must not be changed.
   *
   * @param bytes size of the record's JSON
   */
  record(record: CloudTrailRecord, hinted: number, bytes: number): void;
  /** The bytes of every record (JSON, UTF-8), valid only during the call. */
  raw?(json: Buffer): void;
  /** All bytes of the file, inflated, chunk by chunk; valid only during the call. */
  inflated?(chunk: Uint8Array): void;
  /**
   * Called after each chunk. The next one is read when the promise resolves, so that records do not arrive faster than they are
   * handled. Undefined: no need to wait.
   */
  wait?(): Promise<void> | undefined;
}

/** Keep one hostile or broken log file from taking the function down. */
export interface LogFileLimits {
  /** Maximum bytes of inflated JSON per log file. */
  maxInflatedBytes: number;
  /** Maximum bytes per record. */
  maxRecordBytes: number;
}

/** Reads one log file chunk by chunk. Rejects with an error that names `source` and what is wrong with it. */
export type ReadLogFile = (
  source: string,
  content: AsyncIterable<Uint8Array>,
  sink: LogFileSink,
) => Promise<LogFileCounts>;

/**
 * Creates a reader of log files.
 *
 * Reading costs little more than inflating the file: the reader scans the bytes for each record's end, event name and hints,
 * checks JSON's whole grammar on the way, and parses only records that are wanted. As if it had parsed the whole file, it
 * hands on
 * - each record of one of `wanted.events`; if that has `inParameters` or `inIdentity`, only if the field contains one of the
 *   texts, or the parameters have an escape that could hide one;
 * - each record for which one of `wanted.hints` holds, and, if there are any, each with an escape that could hide one: in its
 *   event name, or in a field that is looked at.
 *
 * Memory does not grow with the file: it holds a few chunks, one unfinished record, and as much again. Between chunks it waits
 * for the consumer of the records.
 */
export function createReadLogFile(wanted: Wanted, limits: LogFileLimits): ReadLogFile {
  return createReader(wanted, limits, feedGzip);
}

/** The same for log files that are not compressed. */
export function createReadInflatedLogFile(wanted: Wanted, limits: LogFileLimits): ReadLogFile {
  return createReader(wanted, limits, feedInflated);
}

/** The same for any content and any scanners. */
export function createReader(
  wanted: Wanted,
  limits: LogFileLimits,
  feed: Feed,
  createScanners: CreateScanners = createFastestScanners,
): ReadLogFile {
  const maxIdle = 4;
  const index = createWantedIndex(wanted);
  const valueEnd = createValueEnd();
  const createScanner = createScanners(index, valueEnd, limits.maxRecordBytes);
  /** A scanner serves one file at a time. Some are kept for the next files. */
  const idle = [createScanner()];

  const createOnNote = (sink: LogFileSink, counts: LogFileCounts) => {
    const raw = sink.raw ?? null;
    return (note: Note, bytes: Buffer): void => {
      if (raw !== null) raw(bytes.subarray(note.from(), note.end()));
      const hinted = note.hinted();
      if (hinted === NOT_WANTED) return;
      const record = note.parse() as CloudTrailRecord;
      if (hinted === 0 && !index.events.has(nameOf(record))) return;
      counts.parsed += 1;
      sink.record(record, hinted, note.end() - note.from());
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
        sink.inflated?.(chunk);
        records.put(chunk);
        return sink.wait?.();
      });
      counts.records = records.end();
      return counts;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const reason = code?.startsWith("Z_") ? `its gzip is broken: ${message}` : message;
      throw Object.assign(new Error(`unable to read log file ${source}: ${reason}`), { cause: error });
    } finally {
      // A scanner that a long record has enlarged is left to the garbage collector.
      if (idle.length < maxIdle && !scanner.hasGrown()) idle.push(scanner);
    }
  };
}
