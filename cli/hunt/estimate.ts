/** What a hunt will do, counted before it starts. */
export interface Amount {
  files: number;
  bytes: number;
  batches: number;
  /** Requests made to list the files. */
  listings: number;
  /** Batches read at the same time. */
  concurrency: number;
}

/** What it takes. */
export interface Estimate {
  /** State transitions: the map, and one state per batch. Retries add to them. */
  transitions: number;
  /** From start to end, in seconds. */
  seconds: number;
  /** Of all invocations together, in seconds. */
  functionSeconds: number;
  /** US dollars. */
  dollars: number;
  /** What they are for: Lambda's time and invocations, requests to S3, state transitions. */
  costs: { lambda: number; requests: number; transitions: number };
}

/**
 * How fast the function reads, with one core: measured by `npx cloudtrailer bench history`, with the time that S3 takes for a
 * request in the same region. docs/scale.md explains them.
 */
export const rates = {
  /** Compressed bytes of log files per second. */
  bytesPerSecond: 10_000_000,
  /** Seconds per log file besides its bytes: its share of waiting for S3, 16 files at a time, and of starting to read. */
  secondsPerFile: 0.004,
  /** Seconds per batch: reading the list, writing the result, and now and then a cold start. */
  secondsPerBatch: 0.5,
  /** Seconds until the first batch runs, and from the last one to the end. */
  secondsAround: 10,
};

/** List prices of us-east-1, in US dollars. The sources are in docs/scale.md. */
export const prices = {
  gigabyteSecond: 0.0000166667,
  invocation: 0.2 / 1e6,
  transition: 0.025 / 1e3,
  /** S3 requests. */
  get: 0.0004 / 1e3,
  putOrList: 0.005 / 1e3,
};

/** Memory of the function, in MB: one core. */
export const hunterMegabytes = 1769;

/** The same in GB, as Lambda counts them. */
const gigabytes = hunterMegabytes / 1024;

/** Computes what a hunt takes. */
export function estimateOf({ files, bytes, batches, listings, concurrency }: Amount): Estimate {
  const functionSeconds =
    bytes / rates.bytesPerSecond + files * rates.secondsPerFile + batches * rates.secondsPerBatch;
  const transitions = batches + 1;
  const costs = {
    lambda: functionSeconds * gigabytes * prices.gigabyteSecond + batches * prices.invocation,
    requests: files * prices.get + (batches + listings) * prices.putOrList,
    transitions: transitions * prices.transition,
  };
  const busy = Math.max(1, Math.min(concurrency, batches));
  return {
    transitions,
    seconds: functionSeconds / busy + rates.secondsAround,
    functionSeconds,
    dollars: costs.lambda + costs.requests + costs.transitions,
    costs,
  };
}

/** `40 s`, `12 min`, `3.5 h` */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}

/** `0.02 USD`; a small amount is not shown as nothing. */
export function dollarsText(dollars: number): string {
  if (dollars < 0.01) return "less than 0.01 USD";
  return `${dollars.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} USD`;
}

/** `1.2 GB` */
export function bytesText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
