import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  type BatchSummary,
  type FileResult,
  folderOf,
  type Hunt,
  resultKeyOf,
} from "../../handlers/history/batch";
import type { Merging } from "../replay/merging";
import { nothingRead, type ReadSource } from "../replay/read-source";
import type { Source } from "../replay/source";
import type { Reports } from "./access";

/** The results of a hunt, fetched as batches end and kept on disk until they are merged. */
export interface Results {
  /** Fetches those that are new. @returns what is there so far */
  fetch(): Promise<{ batches: number; records: number; findings: number }>;
  /** Numbers of the batches, of this many, that have no result. */
  missing(batches: number): number[];
  /** Merges all of them in order. Files that the function could not read are read here. */
  merge(merging: Merging, readSource: (source: Source) => Promise<ReadSource>): Promise<void>;
  close(): Promise<void>;
}

/** Creates the collection of results of a hunt. */
export async function createResults(reports: Reports, hunt: Hunt): Promise<Results> {
  const folder = await mkdtemp(join(tmpdir(), "cloudtrailer-hunt-"));
  const summaries = new Map<number, BatchSummary>();
  const fileOf = (batch: number) => join(folder, String(batch));

  const fetchOne = async (batch: number): Promise<void> => {
    const text = gunzipSync(await reports.get(resultKeyOf(hunt, batch))).toString("utf8");
    await writeFile(fileOf(batch), text);
    summaries.set(batch, JSON.parse(text.slice(0, text.indexOf("\n"))) as BatchSummary);
  };

  const sourceOf = ({ key, bytes }: { key: string; bytes: number }): Source => ({
    kind: "s3",
    bucket: hunt.bucket,
    key,
    bytes,
    isNamed: false,
  });

  return {
    async fetch() {
      const prefix = `${folderOf(hunt.id)}results/`;
      for (const key of await reports.list(prefix)) {
        const batch = Number.parseInt(key.slice(prefix.length), 10);
        if (!summaries.has(batch)) await fetchOne(batch);
      }
      const all = [...summaries.values()];
      const sum = (name: "records" | "findings") => all.reduce((total, summary) => total + summary[name], 0);
      return { batches: all.length, records: sum("records"), findings: sum("findings") };
    },
    missing: (batches) =>
      Array.from({ length: batches }, (_, batch) => batch).filter((batch) => !summaries.has(batch)),
    async merge(merging, readSource) {
      for (const batch of [...summaries.keys()].sort((a, b) => a - b)) {
        const [, ...lines] = (await readFile(fileOf(batch), "utf8")).split("\n");
        for (const line of lines) {
          if (line === "") continue;
          const result = JSON.parse(line) as FileResult;
          await merging.take("unread" in result ? await readSource(sourceOf(result)) : readResultOf(result));
        }
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A file as `replay` would have read it. */
function readResultOf({ oldest, failures, ...found }: Exclude<FileResult, { unread: string }>): ReadSource {
  return {
    ...nothingRead(),
    ...found,
    oldest: oldest ?? Number.NaN,
    problems: failures.map((failure) => ({ kind: "unreadable", ...failure, isNamed: true })),
  };
}
