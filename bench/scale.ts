import { cpus } from "node:os";
import {
  bytesText,
  dollarsText,
  durationText,
  estimateOf,
  type Estimate,
  hunterMegabytes,
  prices,
  rates,
} from "../cli/hunt/estimate";
import { maxFiles } from "../cli/hunt/list";
import { benchHistory, type HistoryReport, type HistoryWay, measureOnCores } from "./history";

/** The function's speed with so much memory. */
export interface MemoryWay {
  megabytes: number;
  /** Lambda gives time in proportion to memory: 1,769 MB are one core. */
  cores: number;
  /** Whether it was measured with as many cores, or computed from one. */
  isMeasured: boolean;
  recordsPerSecond: number;
  recordsPerDollar: number;
  /** Its time, relative to inflating alone on one core; undefined if it was computed. */
  timesGunzip?: number;
}

/** What a year of so many accounts takes. */
export interface Paper {
  accounts: number;
  files: number;
  bytes: number;
  batches: number;
  /** Hunts that it takes, because one lists no more files. */
  hunts: number;
  estimate: Estimate;
  /** Seconds, with so many batches at a time. */
  times: { concurrency: number; seconds: number }[];
}

/** The results of `cloudtrailer bench scale`. */
export interface ScaleReport extends HistoryReport {
  memory: MemoryWay[];
  paper: Paper[];
  /** The function's time for such a year by what was measured here, relative to the rates with which `hunt` estimates. */
  timesRates: number;
}

/** Of an account with so many regions in use, in which CloudTrail writes a file every 5 minutes. */
export const account = { regions: 3, filesPerDay: 288, records: 25e6, bytes: 3e9 };

/** As many as `hunt` puts into a batch of a large hunt. */
const filesPerBatch = 500;

/** Keys per listing request of S3. */
const keysPerListing = 1_000;

const sizes = [10, 1_000, 10_000];
const atATime = [50, 500];

/** Computes what a year of so many accounts takes, by the rates with which `hunt` estimates. */
export function paperOf(accounts: number): Paper {
  const files = accounts * account.regions * account.filesPerDay * 365;
  const bytes = accounts * account.bytes;
  const batches = Math.ceil(files / filesPerBatch);
  const amount = { files, bytes, batches, listings: Math.ceil(files / keysPerListing) };
  const estimates = atATime.map((concurrency) => ({
    concurrency,
    estimate: estimateOf({ ...amount, concurrency }),
  }));
  const [{ estimate } = { estimate: estimateOf({ ...amount, concurrency: 1 }) }] = estimates;
  return {
    accounts,
    files,
    bytes,
    batches,
    hunts: Math.ceil(files / maxFiles),
    estimate,
    times: estimates.map(({ concurrency, estimate: { seconds } }) => ({ concurrency, seconds })),
  };
}

/** A year of 10, 1,000 and 10,000 accounts. */
export function papers(): Paper[] {
  return sizes.map(paperOf);
}

/** Measures the function, and computes from that what sizes of memory and of organizations take. */
export async function benchScale(say: (line: string) => void): Promise<ScaleReport> {
  const history = await benchHistory(say);
  const ordinary = history.ways[1];
  if (ordinary === undefined) throw new Error("expected ordinary files to be measured, found none");
  const memory = [512, 1_024, hunterMegabytes].map((megabytes) => memoryWayOf(megabytes, ordinary, 1));
  if (cpus().length > 1 && history.machine.isBound) {
    say("measuring ordinary files on two cores …");
    const { way } = await measureOnCores(ordinary.name, 2);
    memory.push(memoryWayOf(2 * hunterMegabytes, way, 2));
  }
  return { ...history, memory, paper: papers(), timesRates: timesRatesOf(history.ways) };
}

/** @param way measured on so many cores */
export function memoryWayOf(megabytes: number, way: HistoryWay, measuredCores: number): MemoryWay {
  const cores = megabytes / hunterMegabytes;
  const isMeasured = cores === measuredCores;
  const recordsPerSecond = Math.round(way.recordsPerSecond * Math.min(1, cores / measuredCores));
  return {
    megabytes,
    cores,
    isMeasured,
    recordsPerSecond,
    recordsPerDollar: Math.round(recordsPerSecond / ((megabytes / 1024) * prices.gigabyteSecond)),
    ...(isMeasured ? { timesGunzip: way.timesGunzip } : {}),
  };
}

/** Of a file, besides its bytes, half is waiting for S3, which is not measured. */
const waitingPerFile = rates.secondsPerFile / 2;

/** How the measured time for a year compares with the rates of `hunt`. */
function timesRatesOf(ways: HistoryWay[]): number {
  const [small, large] = [ways[0], ways.at(-1)];
  if (small === undefined || large === undefined) return Number.NaN;
  const bytesPerSecond = large.bytesPerSecond;
  const ofBytes = small.bytes / small.files / bytesPerSecond;
  const perFile = Math.max(0, small.millisecondsPerFile / 1000 - ofBytes) + waitingPerFile;
  const { files, bytes, batches, estimate } = paperOf(1_000);
  const seconds = bytes / bytesPerSecond + files * perFile + batches * rates.secondsPerBatch;
  return Math.round((seconds / estimate.functionSeconds) * 100) / 100;
}

/** The heading and the rows of the paper table, for the terminal and for docs/scale.md. */
export function paperTable(all: Paper[] = papers()): { head: string[]; rows: string[][] } {
  const row = (name: string, of: (one: Paper) => string) => [name, ...all.map(of)];
  const times = atATime.map((concurrency, index) =>
    row(`time, ${concurrency} at a time`, ({ times }) => durationText(times[index]?.seconds ?? Number.NaN)),
  );
  return {
    head: row("", ({ accounts }) => `${number(accounts)} accounts`),
    rows: [
      row("log files", ({ files }) => number(files)),
      row("records", ({ accounts }) => number(accounts * account.records)),
      row("gzip", ({ bytes }) => bytesText(bytes)),
      row(`batches of ${filesPerBatch} files`, ({ batches }) => number(batches)),
      row("state transitions", ({ estimate }) => number(estimate.transitions)),
      row("function time", ({ estimate }) => durationText(estimate.functionSeconds)),
      row("Lambda", ({ estimate }) => dollarsText(estimate.costs.lambda)),
      row("S3 requests (GET, LIST, PUT)", ({ estimate }) => dollarsText(estimate.costs.requests)),
      row("state transitions, cost", ({ estimate }) => dollarsText(estimate.costs.transitions)),
      row("together", ({ estimate }) => dollarsText(estimate.dollars)),
      row("records per dollar", ({ accounts, estimate }) =>
        number(Math.round((accounts * account.records) / estimate.dollars / 1e6) * 1e6),
      ),
      ...times,
      row("hunts", ({ hunts }) => number(hunts)),
    ],
  };
}

/** A quota of AWS, and what a hunt of such files makes of it. */
interface Quota {
  name: string;
  value: string;
  /** What it means for a hunt. */
  means: string;
}

/**
 * The quotas that bind, or are near to it.
 *
 * Sources: docs/scale.md
 */
export function quotas(): Quota[] {
  const { files, batches, estimate } = paperOf(1_000);
  const secondsPerFile = estimate.functionSeconds / files;
  const secondsPerBatch = estimate.functionSeconds / batches;
  const getsAt = (concurrency: number) => number(Math.round(concurrency / secondsPerFile / 100) * 100);
  const startsAt = (concurrency: number) => number(Math.ceil(concurrency / secondsPerBatch));
  return [
    {
      name: "Lambda, concurrent executions per account and region",
      value: "1,000; new accounts less",
      means:
        "binds: `hunt` takes at most half of what is left when it starts; raise the quota before `--concurrency`",
    },
    {
      name: "S3, GET per second and prefix",
      value: number(getsPerPrefix),
      means: `binds: batches follow each other in one account and region, and ${Math.floor(getsPerPrefix * secondsPerFile)} at a time reach it (50: ${getsAt(50)} a second, 500: ${getsAt(500)}); S3 splits prefixes as requests grow, and throttled ones are tried again`,
    },
    {
      name: "`hunt`, log files",
      value: number(maxFiles),
      means: `binds: their names are held in memory; ${Math.floor(maxFiles / paperOf(1).files)} such accounts for a year`,
    },
    {
      name: "Step Functions, open child executions of a map",
      value: "10,000",
      means: "`--concurrency` is at most that",
    },
    {
      name: "Step Functions, state transitions per second",
      value: "5,000 in us-east-1, us-west-2 and eu-west-1; 800 elsewhere",
      means: `one for each batch: ${startsAt(50)} a second at 50 at a time, ${startsAt(500)} at 500`,
    },
    {
      name: "Step Functions, events in an execution's history",
      value: "25,000",
      means: "each batch is an execution of its own with 7, and 3 more for each retry; the map's has 6",
    },
    {
      name: "Step Functions, input of an execution",
      value: "256 KiB",
      means: "500 keys of an organization's trail take about 100 KB",
    },
    {
      name: "Step Functions, items of a distributed map",
      value: "100 million",
      means: `batches are items: ${number(Math.ceil(maxFiles / filesPerBatch))} at most`,
    },
    {
      name: "Step Functions, size of the list of items",
      value: "10 GB",
      means: `${number(maxFiles)} files take 0.5 GB`,
    },
    {
      name: "Step Functions, redrive",
      value: "within 14 days, 1,000 times",
      means: "later, `--resume` starts an execution with the batches that are left",
    },
    {
      name: "Lambda, duration",
      value: "15 min",
      means: `a batch of ${filesPerBatch} such files takes ${durationText(secondsPerBatch)}; one of 64 MB less than a minute`,
    },
  ];
}

const getsPerPrefix = 5_500;

function number(value: number): string {
  return value.toLocaleString("en");
}
