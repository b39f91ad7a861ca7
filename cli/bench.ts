import { access, constants } from "node:fs/promises";
import type { BenchReport } from "../bench/bench";
import type { HistoryReport } from "../bench/history";
import type { paperTable, quotas, ScaleReport } from "../bench/scale";
import type { Report } from "../bench/measure";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "bench [history|scale|FILE…] [options]";
export const summary = "Measure how fast log files are read on this machine, and compare";
export const details = `Measures in one run: gunzip alone, gunzip and JSON.parse, this system's reader and detections \
from source and from the text that Pulumi serializes, pypanther's CloudTrail rules if they can be installed, and the time \
from a notification to its alert, and from a call to its fix, on embedded AWS. FILE is a log file (.json.gz); without one, a \
file is generated, always the same. docs/performance.md explains the figures.

With history instead: how fast the function for old log files reads, on one core, from which hunt computes what it takes \
(docs/scale.md). With scale: the same, by the function's memory and relative to gunzip, and from hunt's rates what a year \
of 10, 1,000 and 10,000 accounts takes, and which quotas bind.`;
export const options = {
  json: { type: "boolean", description: "print the report as JSON" },
} as const satisfies Options;

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  if (positionals.length === 1 && positionals[0] === "history") return showHistory(values.json, io);
  if (positionals.length === 1 && positionals[0] === "scale") return showScale(values.json, io);
  for (const file of positionals)
    await access(file, constants.R_OK).catch(() => {
      throw usageError(`expected FILE to be a readable log file (.json.gz), found ${file}`);
    });
  const { bench } = await import("../bench/bench");
  const report = await bench(positionals, (line) => io.err(line));
  if (values.json) io.out(JSON.stringify(report, undefined, 2));
  else for (const line of linesOf(report)) io.out(line);
  return 0;
}

async function showHistory(asJson: boolean, io: Io): Promise<number> {
  const { benchHistory } = await import("../bench/history");
  const report = await benchHistory((line) => io.err(line));
  if (asJson) io.out(JSON.stringify(report, undefined, 2));
  else for (const line of linesOfHistory(report)) io.out(line);
  return 0;
}

async function showScale(asJson: boolean, io: Io): Promise<number> {
  const { benchScale, paperTable, quotas } = await import("../bench/scale");
  const report = await benchScale((line) => io.err(line));
  if (asJson) io.out(JSON.stringify({ ...report, quotas: quotas() }, undefined, 2));
  else for (const line of linesOfScale(report, paperTable(report.paper), quotas())) io.out(line);
  return 0;
}

function linesOfScale(
  report: ScaleReport,
  paper: ReturnType<typeof paperTable>,
  bounds: ReturnType<typeof quotas>,
): string[] {
  const memory = report.memory.map(
    ({ megabytes, cores, isMeasured, recordsPerSecond, recordsPerDollar, timesGunzip }) => [
      `${number(megabytes)} MB`,
      cores.toFixed(2),
      number(recordsPerSecond),
      timesGunzip === undefined ? "" : timesGunzip.toFixed(2),
      number(Math.round(recordsPerDollar / 1e6)),
      isMeasured ? "measured" : "computed",
    ],
  );
  const head = ["memory", "cores", "records/s", "x gunzip", "million/USD", ""];
  return [
    ...linesOfHistory(report),
    "",
    "Ordinary files, by the memory of the function",
    ...[head, ...memory].map((cells) => cellsOf(cells)),
    "",
    `A year of accounts, by the rates of hunt; by what was measured here, the function's time is ${report.timesRates.toFixed(2)} times that`,
    ...[paper.head, ...paper.rows].map((cells) => cellsOf(cells, 30, 18)),
    "",
    "Quotas",
    ...bounds.map(({ name, value, means }) => `  ${name}: ${value}; ${means}`),
  ];
}

const number = (value: number) => value.toLocaleString("en");

/** A line of a table: the first cell is a name, the others are numbers. */
function cellsOf(texts: string[], first = 16, other = 14): string {
  return texts.map((text, at) => (at === 0 ? text.padEnd(first) : text.padStart(other))).join("");
}

function linesOfHistory({ machine, ways }: HistoryReport): string[] {
  const cores = machine.isBound ? "one core" : "all cores: there is no taskset to use one";
  return [
    `${machine.cpu}, ${cores}, Node ${machine.node}`,
    "",
    cellsOf(["", "files", "records", "records/s", "x gunzip", "gzip MB/s", "ms per file", "USD/million"]),
    ...ways.map((way) =>
      cellsOf([
        way.name,
        number(way.files),
        number(way.records),
        number(way.recordsPerSecond),
        way.timesGunzip.toFixed(2),
        (way.bytesPerSecond / 1e6).toFixed(1),
        way.millisecondsPerFile.toFixed(2),
        way.dollarsPerMillion.toFixed(5),
      ]),
    ),
  ];
}

function linesOf(report: BenchReport): string[] {
  const { machine, input, ratios, smallFiles, pypanther, notificationToAlert, callToFix } = report;
  const row = (name: string, way: Report | { error: string }) =>
    "error" in way
      ? `${name.padEnd(34)}${way.error}`
      : `${name.padEnd(34)}${number(way.recordsPerSecond).padStart(12)}${number(way.megabytesPerSecond).padStart(8)}${way.timesGunzip.toFixed(2).padStart(10)}${number(way.peakMegabytes).padStart(10)}`;
  const lines = [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`,
    `${number(input.records)} records of ${number(input.bytesPerRecord)} bytes in ${number(input.files)} file(s), gzip ${input.gzipRatio}:1`,
    "",
    `${"".padEnd(34)}${"records/s".padStart(12)}${"MB/s".padStart(8)}${"x gunzip".padStart(10)}${"peak MB".padStart(10)}`,
    row("gunzip alone", report.gunzip),
    row("gunzip in a stream, two cores", report.gunzipInStream),
    row("gunzip and JSON.parse", report.gunzipAndParse),
    row("reader and detections, source", report.source),
    row("reader and detections, serialized", report.serialized),
    "",
    `serialized over source: ${ratios.serializedToSource} (${number(report.serialized.textBytes)} bytes, ready after ${report.serialized.startMilliseconds} ms)`,
  ];
  lines.push(
    `over gunzip in a stream: source ${ratios.sourceToStream}, serialized ${ratios.serializedToStream}`,
  );
  if (ratios.serializedToParse !== undefined)
    lines.push(`serialized over gunzip and JSON.parse: ${ratios.serializedToParse}`);
  lines.push(
    `a file of 5 records: ${smallFiles.microsecondsPerFile} µs (inflated in a stream ${smallFiles.streamMicrosecondsPerFile} µs)`,
    "error" in pypanther
      ? `pypanther: not measured: ${pypanther.error}`
      : `pypanther ${pypanther.version}, ${pypanther.rules} rules: ${number(pypanther.recordsPerSecond)} records/s; serialized is ${ratios.toPypanther} times as fast`,
  );
  lines.push(
    "error" in notificationToAlert
      ? `from notification to alert: not measured: ${notificationToAlert.error}`
      : `from notification to alert, including the fix, on embedded AWS: ${notificationToAlert.medianMilliseconds} ms (cold start: ${notificationToAlert.coldMilliseconds} ms)`,
  );
  const path = (name: string, { fix, alert }: { fix: number; alert: number }) =>
    `from call to fix by ${name}, on embedded AWS: ${fix} ms, to alert: ${alert} ms`;
  lines.push(
    ...("error" in callToFix
      ? [`from call to fix: not measured: ${callToFix.error}`]
      : [path("EventBridge", callToFix.event), path("log files, delivered every 2 s", callToFix.logFile)]),
  );
  return lines;
}
