import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** What bench/run.js measured for one way to read. Times in ms, as a list with one for each round. */
export interface Measured {
  /** Time until it could begin, without Node's own start. */
  start: number;
  /** Times of inflating in a stream alone, alternating with the work. */
  stream: number[];
  work: number[];
  records: number;
  /** Bytes of inflated JSON. */
  bytes: number;
  parsed: number;
  hits: number;
  /** Peak, in bytes. */
  rss: number;
}

/** One way to read, for the report. */
export interface Report {
  recordsPerSecond: number;
  megabytesPerSecond: number;
  /** Its time, relative to gunzip alone. */
  timesGunzip: number;
  peakMegabytes: number;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/**
 * Measures one way to read some files in its own process.
 *
 * @returns the measurement, or why there is none: a file too large for a string, say
 */
export async function measure(task: {
  way: "gunzip" | "parse" | "source" | "serialized";
  files: string[];
  rounds: number;
  text?: string;
}): Promise<Measured | { error: string }> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(__dirname, "run.js"), JSON.stringify(task)],
    { maxBuffer: 1024 ** 2 },
  );
  return JSON.parse(stdout) as Measured | { error: string };
}

/** Time of the work, relative to inflating in a stream: this is comparable between processes. */
export function timesStream({ work, stream }: Measured): number {
  return median(work) / median(stream);
}

/**
 * @param bytes of inflated JSON, and its records, which the way itself may not know
 * @param gunzip its measurement
 */
export function reportOf(
  measured: Measured,
  { bytes, records }: Pick<Measured, "bytes" | "records">,
  gunzip: Measured,
): Report {
  const seconds = median(measured.work) / 1000;
  return {
    recordsPerSecond: Math.round(records / seconds),
    megabytesPerSecond: Math.round(bytes / seconds / 1e6),
    timesGunzip: round(timesStream(measured) / timesStream(gunzip)),
    peakMegabytes: Math.round(measured.rss / 1024 ** 2),
  };
}

/** Two decimals. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
