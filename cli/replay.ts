import { settingsFrom, usualSettings } from "./replay/config";
import { createAnswering } from "./replay/asked";
import { createCounting } from "./replay/counting";
import type { ReplayFinding, ReplaySettings } from "./replay/findings";
import { createPlanning, linesOfPlan } from "./replay/planning";
import { isLoss, isReportedAtOnce, lineOf, linesOfGroups, type Problem } from "./replay/problems";
import { readAll } from "./replay/read-all";
import { createS3Reader } from "./replay/s3";
import { nameOfSource, type Source, sourcesOf } from "./replay/source";
import { createSummary, perThousand, summaryLines } from "./replay/summary";
import { createFindingsTable } from "./replay/table";
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
  format: {
    type: "string",
    value: "FORMAT",
    default: "table",
    description: "table, or jsonl: one finding, or one row of the summary, per line",
  },
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

const formats = ["table", "jsonl"];

/** The verb `replay`: what the system would have found in existing records. */
export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  if (!formats.includes(values.format))
    throw usageError(`--format: expected ${formats.join(" or ")}, found ${JSON.stringify(values.format)}`);
  if (positionals.length === 0) throw usageError("expected a PATH, found none");
  if (positionals.indexOf("-") !== positionals.lastIndexOf("-"))
    throw usageError("expected - only once, because standard input can be read only once");

  const now = Date.now();
  const { config, plan, endpoint } = values;
  if (plan && values.summary) throw usageError("expected --plan or --summary, found both");
  const configured = config === undefined ? usualSettings : await settingsFrom(config, now);
  const settings: ReplaySettings = plan ? { ...configured, withBasis: true } : configured;
  const problems = createProblems(io);
  const sources = await sourcesFor(positionals, problems, io);
  const printer = createPrinter(io, { asJson: values.format === "jsonl", asSummary: values.summary });
  const isNew = createIsNew();
  const planning = plan ? createPlanning(settings, callAwsAt(endpoint), now) : undefined;
  const print = async (finding: ReplayFinding) => {
    if (!isNew(finding)) return;
    if (planning !== undefined) finding.plan = await planning(finding);
    delete finding.basis;
    printer.print(finding);
  };
  const counting = createCounting(settings, now);
  const answering = createAnswering(settings, now);
  const past = await sourcesFor(values.past, problems, io);
  await readAll(past, settings, now, async (result) => {
    await counting.learn(result.counted, result.oldest);
    answering.add({ facts: result.facts, asked: [] });
    for (const problem of result.problems) problems.add(problem);
  });
  const counts = { records: 0, sources: 0 };
  await readAll(sources, settings, now, async (result, source) => {
    counts.sources++;
    counts.records += result.records;
    const findings = [...result.findings, ...(await counting.add(result.counted, result.oldest))];
    answering.add(result);
    for (const finding of findings) await print(finding);
    for (const problem of result.problems) problems.add(problem);
    io.progress?.(
      `${counts.sources} of ${sources.length} files, ${printer.count()} findings; ${nameOfSource(source)}`,
    );
  });
  const { findings, open } = answering.end();
  for (const finding of [...findings, ...(await counting.end())]) await print(finding);
  printer.end(counts, open);
  return problems.end(counts.records) ? 0 : 2;
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

/** Prints findings, or at the end their summary, on standard output. */
function createPrinter(io: Io, { asJson, asSummary }: { asJson: boolean; asSummary: boolean }) {
  const summary = createSummary();
  const { heading, rowOf } = createFindingsTable(io);
  let findings = 0;
  const printFinding = (finding: ReplayFinding) => {
    if (asJson) return io.out(JSON.stringify(finding));
    if (findings === 0) io.out(heading);
    io.out(rowOf(finding));
    if (finding.plan !== undefined) for (const line of linesOfPlan(finding.plan)) io.out(line);
  };
  return {
    count: () => findings,
    print(finding: ReplayFinding) {
      io.progress?.("");
      if (asSummary) summary.add(finding);
      else printFinding(finding);
      findings++;
    },
    /** @param open what could not be decided from these files */
    end({ records, sources }: { records: number; sources: number }, open: string[]) {
      io.progress?.("");
      const rows = summary.rows(records);
      if (asJson) {
        for (const row of rows) io.out(JSON.stringify(row));
        // Standard output has only findings.
        for (const what of open) io.err(`cloudtrailer replay: not decided: ${what}`);
        return;
      }
      if (rows.length > 0) for (const line of summaryLines(rows, io)) io.out(line);
      const rate = asSummary
        ? `, ${perThousand(findings, records).toLocaleString("en")} per 1,000 records`
        : "";
      io.out(
        `${counted(findings, "finding")} in ${counted(records, "record")} of ${counted(sources, "file")}${rate}`,
      );
      for (const what of open) io.out(`Not decided: ${what}`);
    },
  };
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
