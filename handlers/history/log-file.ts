import { constants, gunzipSync } from "node:zlib";
import { eventTimeOf } from "../cloudtrail/event-time";
import { createReadInflatedLogFile, createReadLogFile } from "../cloudtrail/reader/index";
import type { CloudTrailRecord } from "../cloudtrail/record";
import type { Find, Found } from "./find";

/** The bytes of a file that may be a log file. */
export interface LogFileContent {
  /** Its name in findings: a path, or `s3://bucket/key`. */
  name: string;
  /** Number of bytes, if known. */
  bytes?: number;
  /** Its beginning, at least 16 KiB of it. */
  head(): Promise<Buffer>;
  /** All of its bytes. */
  open(): AsyncIterable<Buffer>;
}

/** What was found in one log file. JSON, except that `oldest` may be NaN. */
export interface FoundInFile extends Found {
  records: number;
  /** Epoch ms of the oldest record examined; NaN if there was none. */
  oldest: number;
  /** Records on which a detection failed. */
  failures: { name: string; reason: string }[];
}

/** No record is longer; AWS's own limit is 256 KB. */
const limits = { maxInflatedBytes: Number.MAX_SAFE_INTEGER, maxRecordBytes: 64 * 1024 ** 2 };

/** In log files up to this size, every entry is checked to be a record; in larger ones, only the first. */
const maxCheckedBytes = 16 * 1024 ** 2;
/** The same for gzip. */
const maxCheckedGzipBytes = 1024 ** 2;

/**
 * Creates the reader of old log files, which uses the live function's own. Its result is undefined, and nothing is taken, if
 * a file has another form or is broken: `replay`'s other readers then say what is wrong, and read the rest.
 */
export function createTakeLogFile({
  find,
  wanted,
}: Pick<Find, "find" | "wanted">): (content: LogFileContent) => Promise<FoundInFile | undefined> {
  const readGzip = createReadLogFile(wanted, limits);
  const readInflated = createReadInflatedLogFile(wanted, limits);

  return async (content) => {
    const head = await content.head();
    const isCompressed = isGzip(head);
    if (!beginsAsLogFile(isCompressed ? inflatedHead(head) : head)) return undefined;
    const found = nothingFound();
    const isChecked = (content.bytes ?? 0) <= (isCompressed ? maxCheckedGzipBytes : maxCheckedBytes);
    const check = createRecordCheck();
    const last = createLastBytes();
    try {
      const { records, bytes: inflated } = await (isCompressed ? readGzip : readInflated)(
        content.name,
        last.passing(content.open()),
        {
          record: (record, hinted) => takeRecord(find, record, content.name, found, hinted),
          ...(isChecked ? { raw: check.look } : {}),
        },
      );
      // zlib skips bytes after the end of gzip, which would be lost: the last ones must be the length of what was read.
      const isWhole = !isCompressed || last.lastNumber() === inflated % 2 ** 32;
      if (!check.isEachRecord() || !isWhole) return undefined;
      found.records = records;
      return found;
    } catch {
      // Another reader says what is broken, and where, and reads what is not.
      return undefined;
    }
  };
}

/** The result of a file before it is read. */
export function nothingFound(): FoundInFile {
  return { findings: [], counted: [], asked: [], facts: [], records: 0, oldest: Number.NaN, failures: [] };
}

/** Adds what a record contains. A detection that fails is reported with its record; the others still run. */
export function takeRecord(
  find: Find["find"],
  record: CloudTrailRecord,
  place: string,
  found: FoundInFile,
  hinted?: number,
): void {
  found.oldest = older(found.oldest, eventTimeOf(record));
  try {
    const { findings, counted, asked, facts } = find(record, place, hinted);
    found.findings.push(...findings);
    found.counted.push(...counted);
    found.asked.push(...asked);
    found.facts.push(...facts);
  } catch (error) {
    found.failures.push({
      name: place,
      reason: `record ${JSON.stringify(record.eventID)}: ${(error as Error).message}`,
    });
  }
}

/** The older of two times, either of which may be NaN (unknown). */
export function older(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.min(a, b);
}

export function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** What the first bytes of a gzip inflate to. */
export function inflatedHead(head: Buffer): Buffer {
  try {
    return gunzipSync(head.subarray(0, 2048), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0); // a full read reports what is broken
  }
}

/** Whether a text begins like a log file with records of calls: not of S3, SNS or SQS, and not of Insights. */
function beginsAsLogFile(head: Buffer): boolean {
  const text = head.toString("latin1", 0, 16 * 1024);
  if (!/^\s*\{\s*"Records"\s*:\s*\[\s*\{/.test(text)) return false;
  const first = text.slice(0, 8 * 1024);
  // A database's export has objects as text, which the other readers parse.
  if (/"(?:userIdentity|requestParameters)"\s*:\s*"\{/.test(first)) return false;
  return /"eventName"\s*:/.test(first) && !/"insightDetails"\s*:|"[eE]ventSource"\s*:\s*"aws:/.test(first);
}

/** Checks that every entry of a log file has the keys that a record must have. */
function createRecordCheck() {
  const source = Buffer.from('"eventSource"');
  const event = Buffer.from('"eventName"');
  let others = 0;
  return {
    look(json: Buffer): void {
      if (json.indexOf(source) < 0 || json.indexOf(event) < 0) others += 1;
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
    lastNumber: () => (last.length < 4 ? -1 : last.readUInt32LE()),
  };
}
