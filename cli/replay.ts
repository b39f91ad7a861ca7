import { settingsFrom, usualSettings } from "./replay/config";
import { createMerging } from "./replay/merging";
import { createPrinter } from "./replay/printer";
import { createReportedProblems, type ReportedProblems } from "./replay/reported-problems";
import { readAll } from "./replay/read-all";
import { createS3Reader } from "./replay/s3";
import { nameOfSource, type Source, sourcesOf } from "./replay/source";
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
  const settings = values.config === undefined ? usualSettings : await settingsFrom(values.config, now);
  const problems = createReportedProblems("replay", io);
  const sources = await sourcesFor(positionals, problems, io);
  const printer = createPrinter("replay", io, {
    asJson: values.format === "jsonl",
    asSummary: values.summary,
  });
  const merging = createMerging(settings, now, { printer, problems });
  const past = await sourcesFor(values.past, problems, io);
  await readAll(past, settings, now, (result) => merging.learn(result));
  let read = 0;
  await readAll(sources, settings, now, async (result, source) => {
    await merging.take(result);
    read++;
    io.progress?.(`${read} of ${sources.length} files, ${printer.count()} findings; ${nameOfSource(source)}`);
  });
  return (await merging.end()) ? 0 : 2;
}

/** What to read; paths that cannot be read are reported. */
async function sourcesFor(paths: string[], problems: ReportedProblems, io: Io): Promise<Source[]> {
  const sources: Source[] = [];
  for await (const source of sourcesOf(paths, createS3Reader().list)) {
    if (source.kind === "unreadable")
      problems.add({ kind: "unreadable", name: source.name, reason: source.reason, isNamed: true });
    else sources.push(source);
    io.progress?.(`${sources.length} files found`);
  }
  return sources;
}
