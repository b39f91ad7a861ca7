import { parseArgs } from "node:util";
import { settingsFrom, usualSettings } from "./replay/config";
import { createCounting } from "./replay/counting";
import type { ReplayFinding } from "./replay/findings";
import { readAll } from "./replay/read-all";
import { createS3Reader } from "./replay/s3";
import { nameOfSource, type Source, sourcesOf } from "./replay/source";
import { heading, rowOf } from "./replay/table";
import { type Io, usageError } from "./verb";

const usage = `cloudtrailer replay [--format table|jsonl] [--config FILE] [--past PATH]… PATH…

Prints the findings in log files (.json, .json.gz), folders of them, saved notifications, or s3://bucket/prefix.
Reads only; nothing is ever changed.

  --format F      table for people (default), or jsonl: one finding a line
  --config FILE   a stack's configuration, Pulumi.<stack>.yaml or the same as JSON
  --past PATH     earlier records, from which is learnt what each principal usually does; they make no findings

Exit code: 0; 2 when something could not be read (it is named on standard error, and the rest is done).`;

const formats = ["table", "jsonl"];

/** The verb `replay`: what the system would have found in records that are there already. */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      format: { type: "string", default: "table" },
      config: { type: "string" },
      past: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", short: "h" },
    },
    allowPositionals: true,
  });
  if (values.help) {
    io.out(usage);
    return 0;
  }
  if (!formats.includes(values.format))
    throw usageError(`--format: expected ${formats.join(" or ")}, found ${JSON.stringify(values.format)}`);
  if (positionals.length === 0) throw usageError("expected a PATH, found none");

  const now = Date.now();
  const settings = values.config === undefined ? usualSettings : await settingsFrom(values.config, now);
  const counts = { findings: 0, records: 0, sources: 0, unreadable: 0 };
  const clear = () => io.progress?.("");
  const tellUnreadable = (text: string) => {
    counts.unreadable++;
    clear();
    io.err(`cloudtrailer replay: unable to read ${text}`);
  };

  const found = async (paths: string[]) => {
    const sources: Source[] = [];
    for await (const source of sourcesOf(paths, createS3Reader().list)) {
      if (source.kind === "unreadable") tellUnreadable(`${source.name}: ${source.reason}`);
      else sources.push(source);
      io.progress?.(`${sources.length} files found`);
    }
    return sources;
  };
  const sources = await found(positionals);

  const counting = createCounting(settings, now);
  await readAll(await found(values.past), settings, now, async ({ counted, oldest, unreadable }) => {
    await counting.learn(counted, oldest);
    for (const text of unreadable) tellUnreadable(text);
  });
  const tell = (finding: ReplayFinding) => {
    clear();
    if (values.format === "jsonl") io.out(JSON.stringify(finding));
    else {
      if (counts.findings === 0) io.out(heading);
      io.out(rowOf(finding));
    }
    counts.findings++;
  };
  await readAll(sources, settings, now, async (result, source) => {
    counts.sources++;
    counts.records += result.records;
    for (const finding of result.findings) tell(finding);
    for (const finding of await counting.add(result.counted, result.oldest)) tell(finding);
    for (const text of result.unreadable) tellUnreadable(text);
    io.progress?.(
      `${counts.sources} of ${sources.length} files, ${counts.findings} findings; ${nameOfSource(source)}`,
    );
  });
  for (const finding of await counting.end()) tell(finding);
  clear();
  if (values.format === "table")
    io.out(
      `${counted(counts.findings, "finding")} in ${counted(counts.records, "record")} of ${counted(counts.sources, "file")}`,
    );
  return counts.unreadable > 0 ? 2 : 0;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
