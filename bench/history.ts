import { execFile } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { hunterMegabytes, prices, rates } from "../cli/hunt/estimate";
import type { CallAws } from "../handlers/aws/call";
import { detections } from "../handlers/detections/index";
import { createOnHistory } from "../handlers/on-history";
import { remediations } from "../handlers/remediations/index";
import { defaultSettings, type Settings } from "../handlers/settings";
import { generateLogFile } from "./generate";
import { median, round } from "./measure";

/** What one kind of log files was read with. */
export interface HistoryWay {
  name: string;
  files: number;
  records: number;
  /** Compressed. */
  bytes: number;
  recordsPerSecond: number;
  bytesPerSecond: number;
  millisecondsPerFile: number;
  /** Its time, relative to inflating the same files in one call each. */
  timesGunzip: number;
  /** What a million records cost in seconds of the function, US dollars. */
  dollarsPerMillion: number;
}

/** The results of `cloudtrailer bench history`. */
export interface HistoryReport {
  /** Whether the measurement was bound to one core, as the function has one. */
  machine: { cpu: string; node: string; isBound: boolean };
  ways: HistoryWay[];
  /** With which `hunt` estimates. */
  rates: typeof rates;
}

const rounds = 5;
const region = "us-east-1";
const gigabytes = hunterMegabytes / 1024;

/** Log files as a quiet, an ordinary and a busy account have them: how many, and how many records each. */
const kinds = [
  { name: "small files", files: 500, records: 10 },
  { name: "ordinary files", files: 200, records: 200 },
  { name: "large files", files: 4, records: 20_000 },
];

/** The names of the kinds. */
export const kindNames = kinds.map(({ name }) => name);

/**
 * Measures what the function for old log files does with a batch, besides waiting for S3: from source, which is as fast as the
 * deployed text (docs/performance.md).
 */
export async function benchHistory(say: (line: string) => void): Promise<HistoryReport> {
  const ways: HistoryWay[] = [];
  let isBound = true;
  for (const name of kindNames) {
    say(`measuring ${name} …`);
    const measured = await measureOnCores(name, 1);
    isBound &&= measured.isBound;
    ways.push(measured.way);
  }
  return { machine: { cpu: cpus()[0]?.model ?? "unknown", node: process.version, isBound }, ways, rates };
}

/**
 * Measures one kind in a process that is bound to the first cores, where the system has `taskset`: Node inflates in other threads,
 * and the function has one core for all of them.
 */
export async function measureOnCores(
  name: string,
  cores: number,
): Promise<{ way: HistoryWay; isBound: boolean }> {
  const args = [join(__dirname, "run-history.js"), name];
  const run = promisify(execFile);
  const bound = await run("taskset", ["-c", `0-${cores - 1}`, process.execPath, ...args]).then(
    ({ stdout }) => stdout,
    ({ code }: NodeJS.ErrnoException) =>
      code === "ENOENT" ? undefined : Promise.reject(new Error(String(code))),
  );
  const text = bound ?? (await run(process.execPath, args)).stdout;
  return { way: JSON.parse(text) as HistoryWay, isBound: bound !== undefined };
}

/** Measures one kind in this process. */
export async function measureKindOf(name: string): Promise<HistoryWay> {
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`expected one of ${kindNames.join(", ")}, found ${name}`);
  return measureKind(kind);
}

async function measureKind({ name, files, records }: (typeof kinds)[number]): Promise<HistoryWay> {
  // A few contents stand for all: generating takes longer than reading.
  const contents = Array.from({ length: Math.min(files, 20) }, (_, index) =>
    gzipSync(generateLogFile(index + 1, records)),
  );
  const contentOf = (key: string): Buffer => contents[Number(key) % contents.length] as Buffer;
  const aws: CallAws = ({ operation, input }) => {
    if (operation === "PutObject") return Promise.resolve({});
    const content = contentOf(String(input.Key));
    const ContentRange = `bytes 0-${content.length - 1}/${content.length}`;
    return Promise.resolve({ Body: Readable.from([content]), ContentRange, LastModified: new Date() });
  };
  const settings = { ...defaultSettings, region, team: "bench", reports: "reports" } as Settings;
  const handle = createOnHistory({
    settings,
    platform: { aws, now: () => Date.now(), write: () => {} },
    catalogue: { detections, remediations },
  });
  const event = {
    hunt: { id: "bench", bucket: "logs", now: Date.now() },
    batch: {
      number: 0,
      files: Array.from({ length: files }, (_, index): [string, number] => [
        String(index),
        contentOf(String(index)).length,
      ]),
    },
  };
  const run = () => handle(event, { awsRequestId: "bench", getRemainingTimeInMillis: () => 900_000 });
  const summary = await run();
  const times: number[] = [];
  const gunzip: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    for (let file = 0; file < files; file++) gunzipSync(contentOf(String(file)));
    const inflated = performance.now();
    await run();
    gunzip.push(inflated - began);
    times.push(performance.now() - inflated);
  }
  const seconds = median(times) / 1000;
  return {
    name,
    files,
    records: summary.records,
    bytes: summary.bytes,
    recordsPerSecond: Math.round(summary.records / seconds),
    bytesPerSecond: Math.round(summary.bytes / seconds),
    millisecondsPerFile: round((seconds / files) * 1000),
    timesGunzip: round(median(times) / median(gunzip)),
    dollarsPerMillion: (seconds / summary.records) * 1e6 * gigabytes * prices.gigabyteSecond,
  };
}
