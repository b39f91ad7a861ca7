import { commonFilterOptions, filterOf } from "./findings/filter";
import { momentForms, momentOf } from "./moment";
import { expectPage } from "./page/deliver";
import { settingsFrom, usualSettings } from "./replay/config";
import type { ReplayFinding, ReplaySettings } from "./replay/findings";
import { createMerging } from "./replay/merging";
import { createPlanning } from "./replay/planning";
import { counted, lookOf, lookOptions, printerFor } from "./replay/printer";
import { readAll } from "./replay/read-all";
import { createReportedProblems, type ReportedProblems } from "./replay/reported-problems";
import { createS3Reader } from "./replay/s3";
import { nameOfSource, type Source, sourcesOf } from "./replay/source";
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
  since: { type: "string", value: "TIME", description: `calls made since: ${momentForms}` },
  until: { type: "string", value: "TIME", description: "calls made until" },
  ...commonFilterOptions,
  ...lookOptions,
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
  const problems = createReportedProblems("replay", io);
  const sources = await sourcesFor(positionals, problems, io);
  const about = {
    exceptions: config === undefined ? undefined : settings.exceptions,
    title: "Findings in existing records",
    verb: "replay",
    did: "Replayed",
    now,
  };
  const printer = await printerFor(look, values, about, io);
  const planning = plan ? createPlanning(settings, callAwsAt(endpoint), now) : undefined;
  const print = async (finding: ReplayFinding) => {
    if (!isWanted(finding)) return;
    if (planning !== undefined) finding.plan = await planning(finding);
    delete finding.basis;
    printer.print(finding);
  };
  const merging = createMerging(settings, now, { print, problems });
  const past = await sourcesFor(values.past, problems, io);
  await readAll(past, settings, now, async (result, source) => {
    await merging.learn(result);
    io.progress?.(`earlier records: ${nameOfSource(source)}`);
  });
  const progress = (source: Source, part: string) =>
    io.progress?.(
      `${merging.counts().sources} of ${counted(sources.length, "file")}, ${counted(printer.count(), "finding")}; ${part}${nameOfSource(source)}`,
    );
  await readAll(
    sources,
    settings,
    now,
    async (result, source) => {
      await merging.take(result);
      progress(source, "");
    },
    (source, bytes) => progress(source, partRead(bytes, source.bytes)),
  );
  const open = await merging.end();
  await printer.end(merging.counts(), open);
  return problems.end(merging.counts().records) ? 0 : 2;
}

type Values = Given<typeof options>["values"];

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
