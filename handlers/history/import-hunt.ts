import { pipeline } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import type { CallAws } from "../aws/call";
import type { Invocation } from "../aws/platform";
import { contentOf } from "../aws/object-content";
import { isPassing } from "../aws/retries";
import { reservedKeys } from "../aws/table";
import { eventTimeOf } from "../cloudtrail/event-time";
import { accountOfKey } from "../cloudtrail/notification";
import type { CloudTrailRecord } from "../cloudtrail/record";
import { forEachAtMost } from "../concurrency";
import type { Evidence, Resource } from "../detections/detection";
import { isSyntheticID } from "../detections/finding";
import type { ImportCounts, ImportedFinding, ImportHunt } from "../findings/imported";
import { type Fields, fieldsOf, listOf, plainTextOf, textOf } from "../json";
import type { Catalogue } from "../rules/rule";
import { type Settings, severities } from "../settings";
import { resultKeyOf } from "./batch";
import { createMergingOfFiles, type Mergeable } from "./merging";

/** What going through the findings of a hunt needs. */
export interface ImportHuntDependencies {
  settings: Settings;
  aws: CallAws;
  catalogue: Catalogue;
  /** The bucket with the results. */
  reports: string;
  /** Epoch ms. */
  now(): number;
}

/** A finding, or why something is none. */
type Entry = { finding: ImportedFinding } | { refused: string };

/** Why something of a hunt is not imported. Texts without anything that a record or a result has chosen. */
const reasons = {
  noResult:
    "a batch without a result that can be read: run npx cloudtrailer hunt --resume, and look at the bucket",
  notResult: "not a result of the function for old log files",
  unread: "a log file that the function could not read: only hunt has its findings",
  tooLarge: "a result that is too large",
  notFinding: "not a finding",
  unknown: "of a detection that the deployed function does not have",
  bucket: "of a log file in another bucket",
  account: "of another account than its log file",
  future: "later than now",
  undecided: "not decided: the results are damaged",
};

/** Bytes of a result, as it is in S3, and characters of one of its lines, which stands for a log file. */
const maxResultBytes = 64 * 1024 ** 2;
const maxLine = 32 * 1024 ** 2;

/** Findings put into the table at a time. */
const atATime = 16;

/** Time kept for the answer, and how long a request takes at most once it gets on, ms: live work shares the concurrency. */
const toAnswerMs = 15_000;
const usualMs = 60_000;

/**
 * Creates what goes through the findings of a hunt: it reads the results of the batches from the reports bucket, merges them as
 * `hunt` does, and looks at each finding, because whoever may write to the bucket could have made one up.
 *
 * Each request reads the results from the beginning, since bursts and novelties need all of them, and goes on where the last
 * one ended.
 */
export function createImportHunt(dependencies: ImportHuntDependencies): ImportHunt {
  const { settings, catalogue, now } = dependencies;

  return async ({ hunt, batches, from }, put, invocation) => {
    const counts: ImportCounts = { imported: 0, already: 0, refused: {} };
    const isTimeUp = createIsTimeUp(invocation, now);
    const check = createCheck(settings, catalogue, now());
    const merging = createMergingOfFiles(catalogue, settings, now());
    let position = 0;

    const keep = async (entry: Entry): Promise<void> => {
      if ("refused" in entry) counts.refused[entry.refused] = (counts.refused[entry.refused] ?? 0) + 1;
      else if (await put(entry.finding)) counts.imported++;
      else counts.already++;
    };

    /** @returns whether there is time for more */
    const take = async (entries: Entry[]): Promise<boolean> => {
      const left = entries.slice(Math.max(0, from - position));
      position += entries.length - left.length;
      while (left.length > 0) {
        if (isTimeUp(position > from)) return false;
        const some = left.splice(0, atATime);
        for (const result of await forEachAtMost(atATime, some, keep))
          if (result.status === "rejected") throw result.reason;
        position += some.length;
      }
      return true;
    };

    for (let batch = 0; batch < batches; batch++) {
      if (isTimeUp(position > from)) return { ...counts, next: position };
      for await (const line of linesOf(dependencies, hunt, batch)) {
        const entries = "refused" in line ? [line] : await entriesOf(line.value, merging, check);
        if (!(await take(entries))) return { ...counts, next: position };
      }
    }
    const last = await merging.end().then(
      ({ findings }) => findings.map(check),
      () => [{ refused: reasons.undecided }],
    );
    return (await take(last)) ? counts : { ...counts, next: position };
  };
}

/** Whether a request should end. @param getsOn whether it has done anything */
function createIsTimeUp(invocation: Invocation, now: () => number): (getsOn: boolean) => boolean {
  const startedAt = now();
  return (getsOn) =>
    invocation.getRemainingTimeInMillis() < toAnswerMs || (getsOn && now() - startedAt > usualMs);
}

type Line = { value: unknown } | { refused: string };

/** The log files of a batch's result. @throws a passing error of AWS */
async function* linesOf(
  { aws, settings: { region }, reports }: ImportHuntDependencies,
  hunt: string,
  batch: number,
): AsyncGenerator<Line, void> {
  const content = contentOf(aws, { region, bucket: reports, key: resultKeyOf({ id: hunt }, batch) });
  // Ends all of them when one fails, or when nobody reads on; what failed is thrown below.
  const inflated = pipeline(bounded(content), createGunzip(), () => undefined);
  let lines = 0;
  try {
    for await (const text of textLines(inflated)) {
      const value = JSON.parse(text) as unknown;
      if (lines === 0 && fieldsOf(value).batch !== batch) throw new Error(reasons.notResult);
      if (lines > 0) yield { value };
      lines++;
    }
    if (lines === 0) yield { refused: reasons.notResult };
  } catch (error) {
    if (isPassing(error)) throw error;
    yield { refused: reasonOf(error) };
  } finally {
    inflated.destroy();
  }
}

/** Why a result cannot be read: by what it is, or because AWS refuses it. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  if (message === reasons.tooLarge || message === reasons.notResult) return message;
  return error instanceof SyntaxError || code?.startsWith("Z_") ? reasons.notResult : reasons.noResult;
}

/** The same chunks. @throws Error after {@link maxResultBytes} */
async function* bounded(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > maxResultBytes) throw new Error(reasons.tooLarge);
    yield chunk;
  }
}

/** @throws Error for a line that is too long */
async function* textLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void> {
  const decoder = new StringDecoder("utf8");
  let held = "";
  for await (const chunk of chunks) {
    const [first = "", ...rest] = decoder.write(chunk).split("\n");
    held += first;
    for (const next of rest) {
      if (held !== "") yield held;
      held = next;
    }
    if (held.length > maxLine) throw new Error(reasons.tooLarge);
  }
  if (held !== "") yield held;
}

/** What comes of one log file. */
async function entriesOf(
  value: unknown,
  merging: ReturnType<typeof createMergingOfFiles>,
  check: (finding: unknown) => Entry,
): Promise<Entry[]> {
  const { key, unread, findings, counted, asked, facts, oldest } = fieldsOf(value);
  if (textOf(key) !== undefined && textOf(unread) !== undefined) return [{ refused: reasons.unread }];
  const found = { findings, counted, asked, facts };
  const isWhole =
    Object.values(found).every(isListOfObjects) &&
    listOf(counted).every((one) => isAbout(one, fieldsOf(one).hit)) &&
    listOf(asked).every((one) => isAbout(one, one) && Array.isArray(fieldsOf(one).asks));
  if (textOf(key) === undefined || !isWhole) return [{ refused: reasons.notResult }];
  try {
    const time = Number.isFinite(oldest) ? Number(oldest) : Number.NaN;
    return (await merging.take({ ...(found as Omit<Mergeable, "oldest">), oldest: time })).map(check);
  } catch {
    // Of a form that the function for old log files does not write.
    return [{ refused: reasons.notResult }];
  }
}

/** Whether a hit, or a question, is that of a detection about a record. */
function isAbout(one: unknown, of: unknown): boolean {
  const { record } = fieldsOf(one);
  return textOf(fieldsOf(of).detection) !== undefined && typeof record === "object" && record !== null;
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null);
}

/** Creates the look at a finding: that it has the form of one, and is about a log file of this stack. */
function createCheck(
  { bucket, context }: Pick<Settings, "bucket" | "context">,
  { detections }: Pick<Catalogue, "detections">,
  now: number,
): (finding: unknown) => Entry {
  const known = new Set(detections.map(({ id }) => id));
  const buckets = [bucket, ...context.logBuckets];
  return (value) => {
    const given = fieldsOf(value);
    const finding = findingIn(given);
    if (finding === undefined) return { refused: reasons.notFinding };
    if (!known.has(finding.detection)) return { refused: reasons.unknown };
    const place = /^s3:\/\/([^/]+)\/(.+)$/s.exec(finding.source);
    if (place === null || !buckets.includes(place[1] ?? "")) return { refused: reasons.bucket };
    if (accountOfKey(place[2] ?? "") !== finding.account) return { refused: reasons.account };
    if (finding.at > now) return { refused: reasons.future };
    return { finding };
  };
}

/** A finding of old records, as far as the table keeps it; undefined if it is none. */
function findingIn(given: Fields): ImportedFinding | undefined {
  const text = (name: string, max: number) => (textOf(given[name]) ?? "").slice(0, max);
  const { id, detection, severity, eventTime, account, source } = given;
  const [start = "", end, ...more] = (textOf(id) ?? "").split("#");
  const is = severities.find((one) => one === severity);
  const resources = resourcesIn(given.resources);
  const evidence = evidenceIn(given.evidence);
  const { arn, name } = fieldsOf(given.actor);
  const at = eventTimeOf({ eventTime } as CloudTrailRecord);
  if (
    end === undefined ||
    end !== detection ||
    more.length > 0 ||
    !isEventID(start) ||
    is === undefined ||
    !/^\d{12}$/.test(plainTextOf(account)) ||
    !(at > 0) ||
    resources === undefined ||
    evidence === undefined
  )
    return undefined;
  return {
    id: `${start}#${end}`,
    detection: end,
    severity: is,
    title: text("title", 500),
    account: plainTextOf(account),
    region: text("region", 30),
    actor: (textOf(arn) ?? textOf(name) ?? "").slice(0, 2_048),
    event: text("event", 200).replace(/^[^:]*:/, ""),
    eventTime: new Date(at).toISOString().replace(".000Z", "Z"),
    at,
    resources,
    evidence,
    source: plainTextOf(source).slice(0, 2_048),
  };
}

/** No other key of the table, and no ID that stands for something that is not in log files. */
function isEventID(text: string): boolean {
  if (!/^[A-Za-z0-9-]{1,128}$/.test(text) || reservedKeys.includes(text)) return false;
  return !isSyntheticID(text) || /^(?:burst|known|sha256)-[0-9a-f]+$/.test(text);
}

function resourcesIn(value: unknown): Resource[] | undefined {
  if (!isListOfObjects(value)) return undefined;
  return listOf(value).map((one) => {
    const { type, id } = fieldsOf(one);
    return { type: plainTextOf(type), id: plainTextOf(id) };
  });
}

function evidenceIn(value: unknown): Evidence[] | undefined {
  if (!isListOfObjects(value)) return undefined;
  return listOf(value).map((one) => {
    const { parameter, value: found, why } = fieldsOf(one);
    const reason = plainTextOf(why);
    return {
      parameter: plainTextOf(parameter),
      value: found,
      ...(reason === "" ? {} : { why: reason }),
    };
  });
}
