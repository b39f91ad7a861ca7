import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { measureAlerts } from "./alerts";
import { measurePaths, type PathTime, type PathTimes } from "./paths";
import { generateLogFile } from "./generate";
import { type Measured, measure, median, type Report, reportOf, round, timesStream } from "./measure";
import { measurePypanther, type PypantherReport } from "./pypanther";
import { writeSerialized } from "./serialize";

/** The results of one run of `cloudtrailer bench`. Times of one run are compared with each other, never with another run's. */
export interface BenchReport {
  machine: { cpu: string; cores: number; node: string };
  input: {
    files: number;
    records: number;
    bytes: number;
    gzipBytes: number;
    bytesPerRecord: number;
    gzipRatio: number;
  };
  /** In one call, and in a stream of chunks, which two cores can share. */
  gunzip: Report;
  gunzipInStream: Report;
  gunzipAndParse: Report | { error: string };
  source: Report & { parsed: number; hits: number };
  serialized: Report & { textBytes: number; startMilliseconds: number };
  ratios: {
    /** Reader and detections, relative to gunzip alone. */
    sourceToGunzip: number;
    serializedToGunzip: number;
    /** The same, relative to Node's fastest way to inflate. */
    sourceToStream: number;
    serializedToStream: number;
    /** Reader and detections, relative to inflating and parsing. */
    serializedToParse?: number;
    /** The cost of the closure. */
    serializedToSource: number;
    /** How many times as fast as pypanther's rules alone. */
    toPypanther?: number;
  };
  /** Files of five records each. */
  smallFiles: { files: number; microsecondsPerFile: number; streamMicrosecondsPerFile: number };
  pypanther: PypantherReport | { error: string };
  /** From a notification to the alert, including the fix, on embedded AWS; `cold` includes the start of the function. */
  notificationToAlert:
    | { medianMilliseconds: number; coldMilliseconds: number; times: number }
    | { error: string };
  /** From a call to its fix and its alert, medians in ms, on embedded AWS, by the path that brings the record. */
  callToFix: Record<keyof PathTimes, PathTime & { times: number }> | { error: string };
}

const seed = 7;
const records = 120_000;
const rounds = 7;
const smallFiles = 200;
const pypantherSeconds = 10;

/** @param given log files to use instead of the generated one */
export async function bench(given: string[], say: (line: string) => void): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), "cloudtrailer-bench-"));
  try {
    const files = given.length > 0 ? given : [await made(folder, "made", seed, records)];
    say("serializing reader and detections …");
    const text = join(folder, "serialized.js");
    const textBytes = await writeSerialized(text);
    const names = {
      gunzip: "gunzip",
      parse: "gunzip and JSON.parse",
      source: "reader and detections (source)",
      serialized: "reader and detections (serialized)",
    };
    const taken = async (way: keyof typeof names, of = files) => {
      say(`measuring ${names[way]} …`);
      const task = way === "serialized" ? { way, files: of, rounds, text } : { way, files: of, rounds };
      return measure(task);
    };
    const gunzip = needed(await taken("gunzip"));
    const source = needed(await taken("source"));
    const serialized = needed(await taken("serialized"));
    const parsed = await taken("parse");
    const small: string[] = [];
    for (let i = 0; i < smallFiles; i += 1) small.push(await made(folder, `small-${i}`, i, 5));
    const ofSmall = needed(await taken("serialized", small));
    say("measuring pypanther's rules …");
    const pypanther = await measurePypanther(files, pypantherSeconds, say);
    say("measuring from notification to alert …");
    const notificationToAlert = await measureAlerts(say).then(
      ({ milliseconds, coldMilliseconds }) => ({
        medianMilliseconds: Math.round(median(milliseconds)),
        coldMilliseconds,
        times: milliseconds.length,
      }),
      (error: Error) => ({ error: error.message }),
    );

    say("measuring from call to fix, by both paths …");
    const callToFix = await measurePaths(say).then(
      ({ event, logFile }) => ({ event: mediansOf(event), logFile: mediansOf(logFile) }),
      (error: Error) => ({ error: error.message }),
    );

    const { bytes } = source;
    const gzipBytes = (await Promise.all(files.map((file) => stat(file)))).reduce(
      (sum, { size }) => sum + size,
      0,
    );
    // Inflating in a stream was measured beside each way.
    const inflating = [...gunzip.stream, ...source.stream, ...serialized.stream];
    const stream: Measured = { ...source, work: inflating, stream: inflating };
    const reported = (measured: Measured) => reportOf(measured, source, gunzip);
    const reports = { source: reported(source), serialized: reported(serialized) };
    const report: BenchReport = {
      machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version },
      input: {
        files: files.length,
        records: source.records,
        bytes,
        gzipBytes,
        bytesPerRecord: Math.round(bytes / source.records),
        gzipRatio: round(bytes / gzipBytes),
      },
      gunzip: reported(gunzip),
      gunzipInStream: reported(stream),
      gunzipAndParse: "error" in parsed ? parsed : reported(parsed),
      source: { ...reports.source, parsed: source.parsed, hits: source.hits },
      serialized: { ...reports.serialized, textBytes, startMilliseconds: Math.round(serialized.start) },
      ratios: {
        sourceToGunzip: reports.source.timesGunzip,
        serializedToGunzip: reports.serialized.timesGunzip,
        sourceToStream: round(timesStream(source)),
        serializedToStream: round(timesStream(serialized)),
        // Each relative to what was measured beside it, so that a busier moment does not matter.
        serializedToSource: round(timesStream(serialized) / timesStream(source)),
      },
      smallFiles: {
        files: smallFiles,
        microsecondsPerFile: Math.round((median(ofSmall.work) * 1000) / smallFiles),
        streamMicrosecondsPerFile: Math.round((median(ofSmall.stream) * 1000) / smallFiles),
      },
      pypanther,
      notificationToAlert,
      callToFix,
    };
    if (!("error" in parsed))
      report.ratios.serializedToParse = round(timesStream(serialized) / timesStream(parsed));
    if (!("error" in pypanther))
      report.ratios.toPypanther = Math.round(
        reports.serialized.recordsPerSecond / pypanther.recordsPerSecond,
      );
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function mediansOf(times: PathTime[]): PathTime & { times: number } {
  return {
    fix: Math.round(median(times.map(({ fix }) => fix))),
    alert: Math.round(median(times.map(({ alert }) => alert))),
    times: times.length,
  };
}

async function made(folder: string, name: string, from: number, count: number): Promise<string> {
  const file = join(folder, `${name}.json.gz`);
  await writeFile(file, gzipSync(generateLogFile(from, count)));
  return file;
}

function needed(measured: Measured | { error: string }): Measured {
  if ("error" in measured) throw new Error(measured.error);
  return measured;
}
