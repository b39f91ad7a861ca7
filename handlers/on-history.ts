import { gzipSync } from "node:zlib";
import { createCallAws } from "./aws/clients";
import { contentOf } from "./aws/object-content";
import type { Invocation, Platform } from "./aws/platform";
import { isPassing } from "./aws/retries";
import { forEachAtMost } from "./concurrency";
import { detections } from "./detections/index";
import {
  type BatchFile,
  type BatchSummary,
  type FileResult,
  type HistoryEvent,
  historyEventOf,
  huntedSettings,
  resultKeyOf,
} from "./history/batch";
import { activeIn, createFindIn } from "./history/find";
import { createTakeLogFile, type LogFileContent } from "./history/log-file";
import { thinned } from "./history/thinned";
import { createLog } from "./log";
import { problemOf } from "./problem";
import { remediations } from "./remediations/index";
import type { PatternRule } from "./rules/pattern-rule";
import { type Catalogue, type Rule, withRules } from "./rules/rule";
import { decodeSettings, type Settings } from "./settings";

/** What the function for old log files needs. */
export interface OnHistoryDependencies {
  settings: Settings;
  platform: Pick<Platform, "aws" | "now" | "write">;
  catalogue: Catalogue;
}

/** Reads one batch. Rejects if Step Functions should try again. */
export type OnHistory = (event: HistoryEvent, invocation: Invocation) => Promise<BatchSummary>;

/** Log files requested concurrently, which is mostly waiting for S3. */
const requestedAtATime = 16;

/** Log files examined concurrently: as many as the reader keeps scanners for. */
const examinedAtATime = 4;

/** Bytes of a file's beginning by which its form is known. */
const headBytes = 64 * 1024;

/** Time to write what was read, in ms. */
const toEndMs = 30_000;

/**
 * The callback factory of the function for old log files. It makes no findings, fixes nothing and alerts nobody: it writes
 * what it found to the reports bucket, where `npx cloudtrailer hunt` merges it.
 *
 * @param rules of the team's own
 * @param patterns rules of the stack's configuration
 */
export function createHistoryCallback(rules: Rule[], patterns: PatternRule[]): OnHistory {
  return createOnHistory({
    settings: decodeSettings(process.env.CLOUDTRAILER_SETTINGS),
    platform: {
      aws: createCallAws({ userAgent: "cloudtrailer-history" }),
      write: (line) => console.log(line),
      now: () => Date.now(),
    },
    catalogue: withRules({ detections, remediations }, rules, patterns),
  });
}

/**
 * Creates the handler of batches of old log files: the live function's reader and detections, without everything after them.
 *
 * A file that is broken, or that AWS refuses, is left to `hunt`, which reads it as `replay` would and reports it. Only
 * what may pass fails the batch, so that it is tried again. A batch that is read twice has the same result.
 *
 * @throws Error if the settings name no bucket for results
 */
export function createOnHistory(dependencies: OnHistoryDependencies): OnHistory {
  const { settings, platform, catalogue } = dependencies;
  const { aws, now } = platform;
  const { region, reports } = settings;
  if (reports === undefined)
    throw new Error("expected the bucket for results in the settings, found none: run `pulumi up` again");
  const log = createLog(platform.write);
  const turn = createTurns(examinedAtATime);

  const readFile = async (
    bucket: string,
    [key, bytes]: BatchFile,
    take: ReturnType<typeof createTakeLogFile>,
  ) => {
    // An existing trail's bucket may be in another region.
    const place = bucket === settings.bucket ? (settings.source?.region ?? region) : region;
    const object = createObject(`s3://${bucket}/${key}`, bytes, () =>
      contentOf(aws, { region: place, bucket, key }),
    );
    await object.begin();
    const found = await turn(() => object.reading(take));
    const error = object.error();
    if (error !== undefined && isPassing(error))
      throw new Error(`unable to read s3://${bucket}/${key}: ${problemOf(error)}`, { cause: error });
    if (found !== undefined) return found;
    return error === undefined ? "it is not a whole log file" : problemOf(error);
  };

  const readBatch = async (
    { hunt, batch }: HistoryEvent,
    isTimeUp: () => boolean,
  ): Promise<{ lines: FileResult[]; summary: BatchSummary }> => {
    const startedAt = now();
    const hunted = huntedSettings(
      settings,
      hunt,
      catalogue.detections.map(({ id }) => id),
    );
    const take = createTakeLogFile(createFindIn(catalogue, hunted, hunt.now));
    const byID = new Map(activeIn(catalogue, hunted).map((detection) => [detection.id, detection]));
    const { thresholds } = hunted.context;

    const resultOf = async (file: BatchFile): Promise<FileResult> => {
      if (isTimeUp())
        throw new Error(
          `expected ${batch.files.length} log files to be read in the function's time, found it used up at ${file[0]}`,
        );
      const read = await readFile(hunt.bucket, file, take);
      if (typeof read === "string") return { key: file[0], bytes: file[1], unread: read };
      const { oldest, counted, ...rest } = read;
      return {
        key: file[0],
        ...rest,
        counted: thinned(counted, byID, thresholds),
        ...(Number.isNaN(oldest) ? {} : { oldest }),
      };
    };

    const lines: FileResult[] = [];
    for (const result of await forEachAtMost(requestedAtATime, batch.files, resultOf)) {
      if (result.status === "rejected") throw result.reason;
      lines.push(result.value);
    }
    const sum = (count: (line: FileResult) => number) => lines.reduce((all, line) => all + count(line), 0);
    const summary: BatchSummary = {
      batch: batch.number,
      files: lines.length,
      bytes: batch.files.reduce((all, [, bytes]) => all + bytes, 0),
      records: sum((line) => ("unread" in line ? 0 : line.records)),
      findings: sum((line) => ("unread" in line ? 0 : line.findings.length)),
      unread: sum((line) => ("unread" in line ? 1 : 0)),
      failures: sum((line) => ("unread" in line ? 0 : line.failures.length)),
      milliseconds: now() - startedAt,
    };
    return { lines, summary };
  };

  return async (event, invocation) => {
    const { hunt, batch } = historyEventOf(event);
    const isTimeUp = () => invocation.getRemainingTimeInMillis() < toEndMs;
    try {
      const { lines, summary } = await readBatch({ hunt, batch }, isTimeUp);
      const text = [summary, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
      await aws({
        service: "s3",
        operation: "PutObject",
        region,
        input: { Bucket: reports, Key: resultKeyOf(hunt, batch.number), Body: gzipSync(text) },
      });
      log.entry("info", "batch", { team: settings.team, hunt: hunt.id, ...summary });
      return summary;
    } catch (error) {
      const problem = problemOf(error);
      log.entry("error", "batch", { team: settings.team, hunt: hunt.id, batch: batch.number, problem });
      throw error;
    }
  };
}

/** Does work as soon as fewer than `max` of the others are at it. */
function createTurns(max: number) {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (busy >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) busy--;
      else next();
    }
  };
}

/** An object that is opened once, from its beginning, and the error that ended it, if any. */
function createObject(name: string, bytes: number, open: () => AsyncGenerator<Uint8Array, void>) {
  const chunks = open();
  const begun: Buffer[] = [];
  let failure: unknown;
  const nextChunk = async (): Promise<Buffer | undefined> => {
    try {
      const { done, value } = await chunks.next();
      return done || value === undefined
        ? undefined
        : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  const content: LogFileContent = {
    name,
    bytes,
    async head() {
      let length = begun.reduce((sum, chunk) => sum + chunk.length, 0);
      while (length < headBytes) {
        const chunk = await nextChunk();
        if (chunk === undefined) break;
        begun.push(chunk);
        length += chunk.length;
      }
      return Buffer.concat(begun);
    },
    async *open() {
      yield* begun.splice(0);
      for (let chunk = await nextChunk(); chunk !== undefined; chunk = await nextChunk()) yield chunk;
    },
  };
  return {
    error: () => failure,
    /** Requests its first bytes. An error is kept. */
    async begin() {
      await content.head().catch((error: unknown) => {
        failure ??= error;
      });
    },
    /** What `take` makes of it; undefined if it could not be read. */
    async reading<Result>(take: (content: LogFileContent) => Promise<Result | undefined>) {
      try {
        return failure === undefined ? await take(content) : undefined;
      } catch (error) {
        failure ??= error;
        return undefined;
      } finally {
        await chunks.return();
      }
    },
  };
}
