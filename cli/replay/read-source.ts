import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import {
  createReadInflatedLogFile,
  createReadLogFile,
  type ReadLogFile,
} from "../../handlers/cloudtrail/reader/index";
import type { ObjectKey } from "../../handlers/cloudtrail/notification";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { contentOf } from "./content";
import { createFind, type ReplayCounted, type ReplayFinding, type ReplaySettings } from "./findings";
import { createS3Reader, type S3Reader } from "./s3";
import { isLogFileName, nameOfSource, reasonOf, type Source } from "./source";

/** What came of one source. JSON only. */
export interface ReadSource {
  findings: ReplayFinding[];
  counted: ReplayCounted[];
  records: number;
  /** Sources that could not be read, or not whole: `name: reason`. */
  unreadable: string[];
}

/** No record is longer; AWS's own limit is 256 KB. */
const maxRecordBytes = 64 * 1024 ** 2;

/** Larger files than these are read as log files only, not as one of the other forms that people save. */
const maxOtherBytes = 256 * 1024 ** 2;

/** Larger files than these, when they are not compressed, are no notifications. */
const maxNotificationBytes = 1024 ** 2;

/** Makes the reader of sources: log files with the function's own reader, and what else people save. */
export function createReadSource(
  settings: ReplaySettings,
  now: number,
  s3: S3Reader = createS3Reader(),
): (source: Source) => Promise<ReadSource> {
  const { find, wanted } = createFind(settings, now);
  const limits = { maxInflatedBytes: Number.MAX_SAFE_INTEGER, maxRecordBytes };
  const readGzip = createReadLogFile(wanted, limits);
  const readInflated = createReadInflatedLogFile(wanted, limits);

  /** Adds what a record holds. A detection that fails is told with its record, and the others go on. */
  const take = (record: CloudTrailRecord, name: string, result: ReadSource, hinted?: number) => {
    try {
      const { findings, counted } = find(record, name, hinted);
      result.findings.push(...findings);
      result.counted.push(...counted);
    } catch (error) {
      result.unreadable.push(
        `${name}: record ${JSON.stringify(record.eventID)}: ${(error as Error).message}`,
      );
    }
  };

  const takeLogFile = async (
    read: ReadLogFile,
    name: string,
    chunks: AsyncIterable<Uint8Array>,
    result: ReadSource,
  ) => {
    const { records } = await read(name, chunks, {
      record: (record, hinted) => take(record, name, result, hinted),
    });
    result.records += records;
  };

  /** Adds what a text holds; log files that a notification names are read from beside it, or from S3. */
  const takeText = async (text: string, source: Source, result: ReadSource, mayNotify: boolean) => {
    const name = nameOfSource(source);
    const { records, objects, odd } = contentOf(text);
    for (const record of records) take(record, name, result);
    result.records += records.length;
    if (odd > 0) result.unreadable.push(`${name}: ${odd} of its entries are no records`);
    for (const object of objects) {
      if (!mayNotify) throw new Error("a notification names it, and it is one itself");
      if (!isLogFileName(object.key)) continue; // a digest
      const named = await sourceOfObject(object, source);
      try {
        await takeSource(named, result, false);
      } catch (error) {
        result.unreadable.push(`${nameOfSource(named)} (named by ${name}): ${reasonOf(error)}`);
      }
    }
  };

  const takeSource = async (source: Source, result: ReadSource, mayNotify: boolean): Promise<void> => {
    const name = nameOfSource(source);
    const content = async () =>
      source.kind === "s3"
        ? await s3.get(source.bucket, source.key)
        : createReadStream(source.path, { highWaterMark: 256 * 1024 });
    const isGzip = source.kind === "s3" ? source.key.endsWith(".gz") : await startsAsGzip(source.path);
    if (!isGzip && source.bytes <= maxNotificationBytes) {
      const bytes = await bytesOf(await content());
      try {
        return await takeText(bytes.toString("utf8"), source, result, mayNotify);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ERR_NOT_JSON") throw error;
        // Up to where it is broken it may be a log file, and the reader says where that is.
        return await takeLogFile(readInflated, name, Readable.from([bytes]), result);
      }
    }
    const before = {
      findings: result.findings.length,
      counted: result.counted.length,
      records: result.records,
    };
    try {
      await takeLogFile(isGzip ? readGzip : readInflated, name, await content(), result);
    } catch (error) {
      if (source.bytes > maxOtherBytes) throw error;
      const text = await otherTextOf(await content(), isGzip);
      if (text === undefined) throw error;
      result.findings.length = before.findings;
      result.counted.length = before.counted;
      result.records = before.records;
      await takeText(text, source, result, mayNotify);
    }
  };

  return async (source) => {
    const result: ReadSource = { findings: [], counted: [], records: 0, unreadable: [] };
    try {
      await takeSource(source, result, true);
    } catch (error) {
      const name = nameOfSource(source);
      // The reader's errors name the source already.
      const reason = reasonOf(error).replace(`unable to read log file ${name}: `, "");
      result.unreadable.push(`${name}: ${reason}`);
    }
    return result;
  };
}

/** The whole text of what the reader of log files refused, when it is one of the other forms; else nothing. */
async function otherTextOf(content: AsyncIterable<Uint8Array>, isGzip: boolean): Promise<string | undefined> {
  try {
    const bytes = await bytesOf(content);
    const inflated = isGzip ? await promisify(gunzip)(bytes, { maxOutputLength: maxOtherBytes }) : bytes;
    const text = inflated.toString("utf8");
    contentOf(text);
    return text;
  } catch {
    return undefined; // then the reader's error is the one to tell
  }
}

async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function startsAsGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** A log file that a saved notification names: beside it by its key or by its name, else in S3. */
async function sourceOfObject({ bucket, key }: ObjectKey, notification: Source): Promise<Source> {
  // A key comes from outside: it must not lead out of the folder.
  if (notification.kind === "file" && !key.split(/[/\\]/).includes("..")) {
    const folder = dirname(notification.path);
    for (const path of [join(folder, key), join(folder, basename(key))]) {
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile()) return { kind: "file", path, bytes: found.size };
    }
  }
  return { kind: "s3", bucket, key, bytes: 0 };
}
