import { createBurstBatches, createMemoryBurstStore } from "../handlers/detections/bursts";
import { settingsFrom, usualSettings } from "./replay/config";
import {
  activeDetections,
  createFind,
  type ReplayCounted,
  type ReplayFinding,
  type ReplaySettings,
} from "./replay/findings";
import { readAll } from "./replay/read-all";
import { createS3Reader } from "./replay/s3";
import { nameOfSource, type Source, sourcesOf } from "./replay/source";
import { heading, rowOf } from "./replay/table";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "replay PATH… [options]";
export const summary = "Print the findings in existing log files; change nothing";
export const details = `PATH is a log file (.json, .json.gz), a folder of them, a saved notification, or \
s3://bucket/prefix.

Exit code: 0; 2 when something could not be read: it is named on standard error, and the rest is done.`;
export const options = {
  format: {
    type: "string",
    value: "FORMAT",
    default: "table",
    description: "table, or jsonl: one finding a line",
  },
  config: {
    type: "string",
    value: "FILE",
    description: "a stack's configuration, Pulumi.<stack>.yaml or the same as JSON",
  },
} as const satisfies Options;

const formats = ["table", "jsonl"];

/** The verb `replay`: what the system would have found in records that exist already. */
export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
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

  const sources: Source[] = [];
  for await (const source of sourcesOf(positionals, createS3Reader().list)) {
    if (source.kind === "unreadable") tellUnreadable(`${source.name}: ${source.reason}`);
    else sources.push(source);
    io.progress?.(`${sources.length} files found`);
  }

  const burstsOf = createBurstsOf(settings, now);
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
    for (const finding of await burstsOf(result.counted)) tell(finding);
    for (const text of result.unreadable) tellUnreadable(text);
    io.progress?.(
      `${counts.sources} of ${sources.length} files, ${counts.findings} findings; ${nameOfSource(source)}`,
    );
  });
  clear();
  if (values.format === "table")
    io.out(
      `${counted(counts.findings, "finding")} in ${counted(counts.records, "record")} of ${counted(counts.sources, "file")}`,
    );
  return counts.unreadable > 0 ? 2 : 0;
}

/** Counts bursts over all files, in memory. Each burst is told once, after the file that completes it. */
function createBurstsOf(
  settings: ReplaySettings,
  now: number,
): (counted: ReplayCounted[]) => Promise<ReplayFinding[]> {
  const detections = new Map(activeDetections(settings).map((detection) => [detection.id, detection]));
  const { shown } = createFind(settings, now);
  const { thresholds } = settings.context;
  const newBatch = createBurstBatches({ store: createMemoryBurstStore(), thresholds, now: () => now });
  const told = new Set<string>();
  return async (counted) => {
    const sourceOf = new Map(counted.map(({ record, source }) => [record, source]));
    const batch = newBatch();
    for (const { hit, record } of counted) {
      const detection = detections.get(hit.detection);
      if (detection !== undefined) batch.add({ ...hit, detection }, record);
    }
    return (await batch.count())
      .map(({ eventID, hit, record }) => shown(hit, record, sourceOf.get(record) ?? "", eventID))
      .filter(({ id }) => !told.has(id) && told.add(id));
  };
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
