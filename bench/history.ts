import { cpus } from "node:os";
import { performance } from "node:perf_hooks";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { prices, rates } from "../cli/hunt/estimate";
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
  /** What a million records cost in seconds of the function, US dollars. */
  dollarsPerMillion: number;
}

/** The results of `cloudtrailer bench history`. */
export interface HistoryReport {
  machine: { cpu: string; node: string };
  ways: HistoryWay[];
  /** With which `hunt` estimates. */
  rates: typeof rates;
}

const rounds = 5;
const region = "us-east-1";
const gigabytes = 1769 / 1024;

/** Log files as a quiet, an ordinary and a busy account have them: how many, and how many records each. */
const kinds = [
  { name: "small files", files: 500, records: 10 },
  { name: "ordinary files", files: 200, records: 200 },
  { name: "large files", files: 4, records: 20_000 },
];

/**
 * Measures what the function for old log files does with a batch, besides waiting for S3: from source, which is as fast as the
 * deployed text (docs/performance.md).
 */
export async function benchHistory(say: (line: string) => void): Promise<HistoryReport> {
  const ways: HistoryWay[] = [];
  for (const kind of kinds) {
    say(`measuring ${kind.name} …`);
    ways.push(await measureKind(kind));
  }
  return { machine: { cpu: cpus()[0]?.model ?? "unknown", node: process.version }, ways, rates };
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
  const settings = { ...defaultSettings, region, team: "bench" } as Settings;
  const handle = createOnHistory({
    settings,
    platform: { aws, now: () => Date.now(), write: () => {} },
    catalogue: { detections, remediations },
    reports: "reports",
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
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
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
    dollarsPerMillion: (seconds / summary.records) * 1e6 * gigabytes * prices.gigabyteSecond,
  };
}
