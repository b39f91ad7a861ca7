import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** What bench/run.js measured of one way to read. Times in ms, a list with one for each round. */
export interface Measured {
  /** Until it could begin, without the start of Node. */
  start: number;
  /** Of inflating in a stream alone, in turns with the work. */
  stream: number[];
  work: number[];
  records: number;
  /** Of inflated JSON. */
  bytes: number;
  parsed: number;
  hits: number;
  /** Bytes at the most. */
  rss: number;
}

/** One way to read, as it is reported. */
export interface Report {
  recordsPerSecond: number;
  megabytesPerSecond: number;
  /** The time that it takes, gunzip alone being 1. */
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
 * Measures one way to read some files in a process of its own.
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

/** How long the work takes, inflating in a stream being 1: what of different processes can be compared. */
export function timesStream({ work, stream }: Measured): number {
  return median(work) / median(stream);
}

/**
 * @param bytes of inflated JSON, and its records; the way itself may not know
 * @param gunzip how it was measured
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

/** Two digits after the point. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
