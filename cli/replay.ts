import { csvRow } from "./findings/csv";
import { commonFilterOptions, filterOf } from "./findings/filter";
import { momentForms, momentOf } from "./moment";
import { expectPage, pageOptions } from "./page/deliver";
import { settingsFrom, usualSettings } from "./replay/config";
import { createAnswering } from "./replay/asked";
import { createCounting } from "./replay/counting";
import type { ReplayFinding, ReplaySettings } from "./replay/findings";
import { type LineFormat, lineFormats, linesIn } from "./replay/formats";
import { createPlanning, linesOfPlan } from "./replay/planning";
import { isLoss, isReportedAtOnce, lineOf, linesOfGroups, type Problem } from "./replay/problems";
import { readAll } from "./replay/read-all";
import { createPagePrinter, type Printer } from "./replay/page-printer";
import { createS3Reader } from "./replay/s3";
import { nameOfSource, type Source, sourcesOf } from "./replay/source";
import { createSortedLines, type Sorting, sortings } from "./replay/sorted-lines";
import { createSummary, perThousand, type SummaryRow, summaryLines } from "./replay/summary";
import { callAwsAt, stackOptions } from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "replay PATH… [options]";
export const summary = "Print the findings in records you already have; change nothing";
export const details = `PATH is a file, a folder, s3://bucket/prefix, or - for standard input. Files are recognized by their \
content: log files, JSON lines, answers of lookup-events, EventBridge events, exports of CloudWatch Logs, Athena, Elastic, \
Splunk and others, also in gzip, zip, tar, Zstandard and bzip2. docs/replay.md lists all formats.

Exit code: 0 if every byte was understood; 2 if something was not, or there was no record to read. Standard error says \
what and why; the rest is still processed.`;
export const options = {
  summary: {
    type: "boolean",
    description: "findings per 1,000 records by detection and actor, instead of each finding",
  },
  since: { type: "string", value: "TIME", description: `calls made since: ${momentForms}` },
  until: { type: "string", value: "TIME", description: "calls made until" },
  ...commonFilterOptions,
  sort: {
    type: "string",
    value: "ORDER",
    description:
      "severity, time, or none: in the order of the records, as they are found (default: severity for a table, else none)",
  },
  format: {
    type: "string",
    value: "FORMAT",
    default: "table",
    description:
      "table, csv, html (a page with pictures), or one JSON value per line: jsonl, ocsf (Detection Finding) or asff (AWS Security Finding Format)",
  },
  ...pageOptions,
  config: {
    type: "string",
    value: "FILE",
    description: "a stack's configuration, Pulumi.<stack>.yaml or the same as JSON",
  },
  plan: {
    type: "boolean",
    description:
      "also print the calls that each fix would make now, from the live state, read with your credentials",
  },
  endpoint: stackOptions.endpoint,
  past: {
    type: "string",
    value: "PATH",
    multiple: true,
    description: "earlier records, which make no findings but show what each user or role usually does",
  },
} as const satisfies Options;

/** The verb `replay`: what the system would have found in existing records. */
export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const now = Date.now();
  const look = lookOf(values);
  expectPage(values);
  const isWanted = wantedOf(values, now);
  if (positionals.length === 0) throw usageError("expected a PATH, found none");
  if (positionals.indexOf("-") !== positionals.lastIndexOf("-"))
    throw usageError("expected - only once, because standard input can be read only once");

  const { config, plan, endpoint } = values;
  if (plan && values.summary) throw usageError("expected --plan or --summary, found both");
  const configured = config === undefined ? usualSettings : await settingsFrom(config, now);
  const settings: ReplaySettings = plan ? { ...configured, withBasis: true } : configured;
  const problems = createProblems(io);
  const sources = await sourcesFor(positionals, problems, io);
  const printer = await printerFor(look, { values, settings, now }, io);
  const isNew = createIsNew();
  const planning = plan ? createPlanning(settings, callAwsAt(endpoint), now) : undefined;
  const print = async (findings: ReplayFinding[]) => {
    for (const finding of findings) {
      if (!isNew(finding) || !isWanted(finding)) continue;
      if (planning !== undefined) finding.plan = await planning(finding);
      delete finding.basis;
      printer.print(finding);
    }
  };
  const counting = createCounting(settings, now);
  const answering = createAnswering(settings, now);
  const past = await sourcesFor(values.past, problems, io);
  await readAll(past, settings, now, async (result, source) => {
    await counting.learn(result.counted, result.oldest);
    answering.add({ facts: result.facts, asked: [] });
    for (const problem of result.problems) problems.add(problem);
    io.progress?.(`earlier records: ${nameOfSource(source)}`);
  });
  const counts = { records: 0, sources: 0 };
  const progress = (source: Source, part: string) =>
    io.progress?.(
      `${counts.sources} of ${counted(sources.length, "file")}, ${counted(printer.count(), "finding")}; ${part}${nameOfSource(source)}`,
    );
  await readAll(
    sources,
    settings,
    now,
    async (result, source) => {
      counts.sources++;
      counts.records += result.records;
      await print([...result.findings, ...(await counting.add(result.counted, result.oldest))]);
      answering.add(result);
      for (const problem of result.problems) problems.add(problem);
      progress(source, "");
    },
    (source, bytes) => progress(source, partRead(bytes, source.bytes)),
  );
  const { findings, open } = answering.end();
  await print([...findings, ...(await counting.end())]);
  await printer.end(counts, open);
  return problems.end(counts.records) ? 0 : 2;
}

type Values = Given<typeof options>["values"];

/** How findings are shown. @throws a usage error */
function lookOf({ format: givenFormat, sort, summary: isSummary }: Values): Look {
  const formats = [...lineFormats, "html"] as const;
  const format = formats.find((one) => one === givenFormat);
  if (format === undefined)
    throw usageError(`expected --format ${formats.join(", ")}, found ${JSON.stringify(givenFormat)}`);
  if (isSummary && !["table", "jsonl", "csv"].includes(format))
    throw usageError(`expected --summary with --format table, jsonl or csv, found ${format}`);
  const sorting = sortings.find((one) => one === (sort ?? (format === "table" ? "severity" : "none")));
  if (sorting === undefined)
    throw usageError(`expected --sort ${sortings.join(", ")}, found ${JSON.stringify(sort)}`);
  return { format, sorting, isSummary };
}

/** Creates the filter from options. @throws a usage error */
function wantedOf(values: Values, now: number): (finding: ReplayFinding) => boolean {
  const isWanted = filterOf(values);
  const from = values.since === undefined ? -Infinity : momentOf("since", values.since, now);
  const until = values.until === undefined ? Infinity : momentOf("until", values.until, now);
  if (until < from)
    throw usageError(`expected --until after --since, found ${values.until} before ${values.since}`);
  const isBounded = from !== -Infinity || until !== Infinity;
  return (finding) => {
    const at = Date.parse(finding.eventTime);
    // A finding without a time is never left out silently.
    const isInTime = !isBounded || Number.isNaN(at) || (at >= from && at <= until);
    const { actor } = finding;
    const actors = [actor.name, actor.arn, actor.role?.arn].filter((one) => one !== undefined);
    return isInTime && isWanted({ ...finding, actor: actors });
  };
}

/** `45% of `; of a compressed or unknown size, the megabytes. */
function partRead(bytes: number, all: number): string {
  return all > 0
    ? `${Math.min(100, Math.floor((bytes / all) * 100))}% of `
    : `${Math.floor(bytes / 1e6)} MB of `;
}

/** What to read; paths that cannot be read are reported. */
async function sourcesFor(paths: string[], problems: Problems, io: Io): Promise<Source[]> {
  const sources: Source[] = [];
  for await (const source of sourcesOf(paths, createS3Reader().list)) {
    if (source.kind === "unreadable")
      problems.add({ kind: "unreadable", name: source.name, reason: source.reason, isNamed: true });
    else sources.push(source);
    io.progress?.(`${sources.length} files found`);
  }
  return sources;
}

/** Reports problems, on standard error. */
interface Problems {
  add(problem: Problem): void;
  /** Reports what was gathered. @returns whether every byte was understood and there was something to read */
  end(records: number): boolean;
}

function createProblems(io: Io): Problems {
  const gathered: Problem[] = [];
  let isWhole = true;
  const err = (line: string) => {
    io.progress?.("");
    io.err(`cloudtrailer replay: ${line}`);
  };
  return {
    add(problem) {
      if (isLoss(problem)) isWhole = false;
      if (isReportedAtOnce(problem)) err(lineOf(problem));
      else gathered.push(problem);
    },
    end(records) {
      for (const line of linesOfGroups(gathered)) err(line);
      const isNothing = records === 0 && isWhole && gathered.length > 0;
      if (isNothing) err("expected CloudTrail records, found none");
      return isWhole && !isNothing;
    },
  };
}

/** How findings are shown. */
interface Look {
  format: LineFormat | "html";
  sorting: Sorting;
  isSummary: boolean;
}

function printerFor(
  { format, ...look }: Look,
  { values, settings, now }: { values: Values; settings: ReplaySettings; now: number },
  io: Io,
): Printer | Promise<Printer> {
  if (format !== "html") return createPrinter({ ...look, format }, io, now);
  const isConfigured = values.config !== undefined;
  return createPagePrinter(values, { exceptions: settings.exceptions, isConfigured, now }, io);
}

/** Prints findings, or at the end their summary, on standard output. */
function createPrinter(
  { format, sorting, isSummary }: Look & { format: LineFormat },
  io: Io,
  now: number,
): Printer {
  const summary = createSummary();
  const { heading, lineOf } = linesIn(format, io, now);
  let findings = 0;
  let isBegun = false;
  /** A table has its heading only if it has rows; a program expects one in any case. */
  const begin = () => {
    if (!isBegun && heading !== undefined && !isSummary) io.out(heading);
    isBegun = true;
  };
  const textOf = (finding: ReplayFinding) =>
    format === "table" && finding.plan !== undefined
      ? [lineOf(finding), ...linesOfPlan(finding.plan)].join("\n")
      : lineOf(finding);
  const lines = createSortedLines(sorting, (text) => {
    io.progress?.("");
    begin();
    for (const line of text.split("\n")) io.out(line);
  });
  return {
    count: () => findings,
    print(finding: ReplayFinding) {
      if (isSummary) summary.add(finding);
      else lines.add(finding, textOf(finding));
      findings++;
    },
    async end({ records, sources }: { records: number; sources: number }, open: string[]) {
      io.progress?.("");
      lines.end();
      const rows = summary.rows(records);
      if (format !== "table") {
        if (isSummary) for (const line of summaryFor(format, rows)) io.out(line);
        else begin();
        // Standard output has only findings.
        for (const what of open) io.err(`cloudtrailer replay: not decided: ${what}`);
        return;
      }
      if (rows.length > 0) for (const line of summaryLines(rows, io)) io.out(line);
      const rate = isSummary
        ? `, ${perThousand(findings, records).toLocaleString("en")} per 1,000 records`
        : "";
      io.out(
        `${counted(findings, "finding")} in ${counted(records, "record")} of ${counted(sources, "file")}${rate}`,
      );
      for (const what of open) io.out(`Not decided: ${what}`);
    },
  };
}

/** A summary for programs. */
function summaryFor(format: LineFormat, rows: SummaryRow[]): string[] {
  if (format !== "csv") return rows.map((row) => JSON.stringify(row));
  const titles = ["detection", "severity", "actor", "findings", "perThousandRecords"] as const;
  return [csvRow(titles), ...rows.map((row) => csvRow(titles.map((title) => row[title])))];
}

/** Whether a finding appears for the first time: overlapping trails and copies of files repeat events. */
function createIsNew(): (finding: ReplayFinding) => boolean {
  const seen = new Set<string>();
  return ({ id, eventID }) => {
    // Without an ID, two events cannot be told from one.
    if (eventID === "") return true;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  };
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
