import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import {
  createReadInflatedLogFile,
  createReadLogFile,
  type ReadLogFile,
} from "../../handlers/cloudtrail/reader/index";
import { eventTimeOf } from "../../handlers/cloudtrail/event-time";
import type { ObjectKey } from "../../handlers/cloudtrail/notification";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { inflatedHead, isGzip } from "./containers/gzip";
import { type Content, createContent } from "./content";
import { older } from "./counting";
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

/** No record is longer; AWS's own limit is 256 KB. */
const maxRecordBytes = 64 * 1024 ** 2;

/** In log files up to this size, every entry is checked to be a record; in larger ones, only the first. */
const maxCheckedBytes = 16 * 1024 ** 2;
/** The same for gzip. */
const maxCheckedGzipBytes = 1024 ** 2;

/** Creates the reader of sources: log files with the function's own reader, and whatever else people save. */
export function createReadSource(
  settings: ReplaySettings,
  now: number,
  s3: S3Reader = createS3Reader(),
): (source: Source, onPart?: (bytes: number) => void) => Promise<ReadSource> {
  const { find, wanted } = createFind(settings, now);
  const limits = { maxInflatedBytes: Number.MAX_SAFE_INTEGER, maxRecordBytes };
  const readGzip = createReadLogFile(wanted, limits);
  const readInflated = createReadInflatedLogFile(wanted, limits);

  /** Adds what a record contains. A detection that fails is reported with its record; the others still run. */
  const take = (record: CloudTrailRecord, place: string, result: ReadSource, hinted?: number) => {
    result.oldest = older(result.oldest, eventTimeOf(record));
    try {
      const found = find(record, place, hinted);
      result.findings.push(...found.findings);
      result.counted.push(...found.counted);
      result.asked.push(...found.asked);
      result.facts.push(...found.facts);
    } catch (error) {
      result.problems.push({
        kind: "unreadable",
        name: place,
        reason: `record ${JSON.stringify(record.eventID)}: ${(error as Error).message}`,
        isNamed: true,
      });
    }
  };

  /** Reads a log file as the function does. False, with nothing taken, if it has another form or is broken. */
  const takeLogFile = async (content: Content, result: ReadSource): Promise<boolean> => {
    const head = await content.head();
    const isCompressed = isGzip(head);
    if (!beginsAsLogFile(isCompressed ? inflatedHead(head) : head)) return false;
    const before = {
      findings: result.findings.length,
      counted: result.counted.length,
      asked: result.asked.length,
      facts: result.facts.length,
      records: result.records,
      problems: result.problems.length,
    };
    const read: ReadLogFile = isCompressed ? readGzip : readInflated;
    const isChecked = (content.bytes ?? 0) <= (isCompressed ? maxCheckedGzipBytes : maxCheckedBytes);
    const check = createRecordCheck();
    const last = createLastBytes();
    try {
      const { records, bytes: inflated } = await read(content.name, last.passing(content.open()), {
        record: (record, hinted) => take(record, content.name, result, hinted),
        ...(isChecked ? { raw: check.look } : {}),
      });
      // zlib skips bytes after the end of gzip, which would be lost: the last ones must be the length of what was read.
      const isWhole = !isCompressed || last.number() === inflated % 2 ** 32;
      if (check.isEachRecord() && isWhole) {
        result.records += records;
        return true;
      }
    } catch {
      // Another reader says what is broken, and where, and reads what is not.
    }
    result.findings.length = before.findings;
    result.counted.length = before.counted;
    result.asked.length = before.asked;
    result.facts.length = before.facts;
    result.problems.length = before.problems;
    result.records = before.records;
    return false;
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
        result.records += 1;
        take(record, place, result);
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
    result.findings = result.findings.concat(own.findings);
    result.counted = result.counted.concat(own.counted);
    result.asked = result.asked.concat(own.asked);
    result.facts = result.facts.concat(own.facts);
    result.records += own.records;
    result.oldest = older(result.oldest, own.oldest);
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

/** Whether a text begins like a log file with records of calls: not of S3, SNS or SQS, and not of Insights. */
function beginsAsLogFile(head: Buffer): boolean {
  const text = head.toString("latin1", 0, 16 * 1024);
  if (!/^\s*\{\s*"Records"\s*:\s*\[\s*\{/.test(text)) return false;
  const first = text.slice(0, 8 * 1024);
  return /"eventName"\s*:/.test(first) && !/"insightDetails"\s*:|"[eE]ventSource"\s*:\s*"aws:/.test(first);
}

/** Checks that every entry of a log file has the keys that a record must have. */
function createRecordCheck() {
  const source = Buffer.from('"eventSource"');
  const name = Buffer.from('"eventName"');
  let others = 0;
  return {
    look(json: Buffer): void {
      if (json.indexOf(source) < 0 || json.indexOf(name) < 0) others += 1;
    },
    isEachRecord: () => others === 0,
  };
}

/** Keeps the last four bytes that pass: the length of the inflated bytes of a gzip, modulo 2^32. */
function createLastBytes() {
  let last = Buffer.alloc(0);
  return {
    async *passing(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        last = Buffer.concat([last, chunk.subarray(-4)]).subarray(-4);
        yield chunk;
      }
    },
    number: () => (last.length < 4 ? -1 : last.readUInt32LE()),
  };
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
