import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ObjectKey } from "../../handlers/cloudtrail/notification";
import {
  createTakeLogFile,
  type FoundInFile,
  nothingFound,
  older,
  takeRecord,
} from "../../handlers/history/log-file";
import { type Content, createContent } from "./content";
import { createFind, type Found, type ReplaySettings } from "./findings";
import type { Problem } from "./problems";
import { readContent } from "./read-content";
import { createS3Reader, type S3Reader } from "./s3";
import { nameOfSource, reasonOf, type Source } from "./source";

/** The result of one source. JSON only. */
export interface ReadSource extends Found {
  records: number;
  /** Epoch ms of the oldest record examined; NaN if there was none. */
  oldest: number;
  /** What could not be read, or has no records. */
  problems: Problem[];
}

/** The result of a source that has not been read yet. */
export function nothingRead(): ReadSource {
  return { findings: [], counted: [], asked: [], facts: [], records: 0, oldest: Number.NaN, problems: [] };
}

/** Creates the reader of sources: log files with the function's own reader, and whatever else people save. */
export function createReadSource(
  settings: ReplaySettings,
  now: number,
  s3: S3Reader = createS3Reader(),
): (source: Source, onPart?: (bytes: number) => void) => Promise<ReadSource> {
  const { find, wanted } = createFind(settings, now);
  const readLogFile = createTakeLogFile({ find, wanted });

  /** Reads a log file as the function does. False, with nothing taken, if it has another form or is broken. */
  const takeLogFile = async (content: Content, result: ReadSource): Promise<boolean> => {
    const found = await readLogFile(content);
    if (found !== undefined) addFound(found, result);
    return found !== undefined;
  };

  const takeSource = async (
    source: Source,
    result: ReadSource,
    mayNotify: boolean,
    onPart?: (bytes: number) => void,
  ): Promise<void> => {
    const name = nameOfSource(source);
    const named: ObjectKey[] = [];
    const start = async () => {
      const chunks = await open(source, s3);
      return onPart === undefined ? chunks : counted(chunks, onPart);
    };
    const content = createContent(name, start, {
      again: isOpenedAgain(source),
      bytes: source.bytes,
    });
    await readContent(content, source.isNamed ?? true, {
      record(record, place) {
        const found = nothingFound();
        found.records = 1;
        takeRecord(find, record, place, found);
        addFound(found, result);
      },
      object: (object) => named.push(object),
      problem: (problem) => result.problems.push(problem),
      readLogFile: (inside) => takeLogFile(inside, result),
    });
    for (const object of named) await takeNamed(object, source, result, mayNotify);
  };

  /** Reads a log file that a notification names, next to it or from S3. */
  const takeNamed = async (object: ObjectKey, source: Source, result: ReadSource, mayNotify: boolean) => {
    const named = await sourceOfObject(object, source);
    const name = nameOfSource(named);
    const own = nothingRead();
    if (mayNotify) await takeSource({ ...named, isNamed: source.isNamed }, own, false);
    else {
      const reason = "a notification named by a notification is not followed";
      own.problems.push({ kind: "unreadable", name, reason, isNamed: true });
    }
    addFound({ ...own, failures: [] }, result);
    for (const problem of own.problems)
      result.problems.push({
        ...problem,
        reason: `${problem.reason} (named by the notification ${nameOfSource(source)})`,
      });
  };

  return async (source, onPart) => {
    const result = nothingRead();
    try {
      await takeSource(source, result, true, onPart);
    } catch (error) {
      result.problems.push({
        kind: "unreadable",
        name: nameOfSource(source),
        reason: reasonOf(error),
        isNamed: true,
      });
    }
    return result;
  };
}

/** Adds what was found, and the records on which a detection failed, to the result of a source. */
function addFound(found: FoundInFile, result: ReadSource): void {
  for (const finding of found.findings) result.findings.push(finding);
  for (const counted of found.counted) result.counted.push(counted);
  for (const asked of found.asked) result.asked.push(asked);
  for (const fact of found.facts) result.facts.push(fact);
  for (const failure of found.failures)
    result.problems.push({ kind: "unreadable", ...failure, isNamed: true });
  result.records += found.records;
  result.oldest = older(result.oldest, found.oldest);
}

async function open(source: Source, s3: S3Reader): Promise<AsyncIterable<Uint8Array>> {
  if (source.kind === "stdin") return process.stdin;
  if (source.kind === "s3") return errorsNamed(await s3.get(source.bucket, source.key));
  return errorsNamed(createReadStream(source.path, { highWaterMark: 256 * 1024 }));
}

/** The same chunks, and how many bytes have passed. */
async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onPart: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    onPart(bytes);
    yield chunk;
  }
}

/** The meaning of a system error. */
async function* errorsNamed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
}

function isOpenedAgain(source: Source): boolean {
  return source.kind === "s3" || (source.kind === "file" && source.isStream !== true);
}

/** A log file that a saved notification names: next to it by its key or name, or in S3. */
async function sourceOfObject({ bucket, key }: ObjectKey, notification: Source): Promise<Source> {
  // A key comes from outside and must not lead out of the folder.
  if (notification.kind === "file" && !key.split(/[/\\]/).includes("..")) {
    const folder = dirname(notification.path);
    for (const path of [join(folder, key), join(folder, basename(key))]) {
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile()) return { kind: "file", path, bytes: found.size };
    }
  }
  return { kind: "s3", bucket, key, bytes: 0 };
}
