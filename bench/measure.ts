import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** What bench/run.js measured of one way to read. Times in ms, a list with one for each round. */
export interface Measured {
  /** Until it could begin, without the start of Node. */
  start: number;
  gunzip: number[];
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
  /** Median time over the median time of inflating alone, in turns in the same process. */
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
  way: "parse" | "source" | "serialized";
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

/** @param bytes of inflated JSON; the way itself may not know */
export function reportOf({ work, gunzip, records, rss }: Measured, bytes: number): Report {
  const seconds = median(work) / 1000;
  return {
    recordsPerSecond: Math.round(records / seconds),
    megabytesPerSecond: Math.round(bytes / seconds / 1e6),
    timesGunzip: round(median(work) / median(gunzip)),
    peakMegabytes: Math.round(rss / 1024 ** 2),
  };
}

/** Two digits after the point. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
