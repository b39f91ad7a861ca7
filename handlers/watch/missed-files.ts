import type { Invocation } from "../aws/platform";
import { type ListedFile, logFileNameOf } from "../cloudtrail/digest";
import type { DigestProblem } from "../cloudtrail/digest-chain";
import { problemOf } from "../problem";
import type { DigestFiles } from "./digest-files";
import type { ReadFiles } from "./read-files";
import type { RegionLook } from "./region-digests";

/** What processing log files that nobody processed needs. */
export interface MissedFilesDependencies {
  files: Pick<DigestFiles, "hashOf">;
  readFiles: Pick<ReadFiles, "lookUp">;
  /** Has log files read and their findings handled, as a notification about them would. @throws what could not be */
  processLogFiles(keys: string[], invocation: Invocation): Promise<void>;
  /** Epoch ms. */
  now(): number;
}

/** Log files that are processed together, as by one notification. */
const batchSize = 20;

/** Log files of a region that wait for the next hour; the table's item has no room for more. */
const maxWaiting = 1_000;

/** What the rest of the invocation needs, ms. */
const reserveMs = 60_000;

/** How long a notification may take, ms: a log file that is younger is processed, and not called lost. */
const notifiedWithinMs = 900_000;

const deletedUnread = "this log file was deleted before it was read: what was in it is not known";
const alteredUnread =
  "this log file was changed before it was read, and what it says is not believed: what was in it is not known";

/**
 * Has the log files of a region processed that digests list and nobody processed. What could not be is left in its state for
 * the next hour.
 *
 * @returns how many were processed
 */
export async function processMissed(
  look: RegionLook,
  invocation: Invocation,
  dependencies: MissedFilesDependencies,
): Promise<number> {
  const { region, state, problems } = look;
  const left: ListedFile[] = [];
  const all = await intact(look, dependencies, left);
  for (let from = 0; from < all.length; from += batchSize) {
    const batch = all.slice(from, from + batchSize);
    const isTimeUp = invocation.getRemainingTimeInMillis() < reserveMs;
    left.push(...(isTimeUp ? batch : await processBatch(batch, look, invocation, dependencies)));
  }
  state.waiting = left.slice(0, maxWaiting);
  const processed = all.filter((file) => !left.includes(file));
  problems.push(
    ...unnotified(processed, region, dependencies.now()),
    ...givenUp(left.slice(maxWaiting), region),
  );
  return processed.length;
}

/**
 * Those that wait and are as CloudTrail wrote them. What a forger wrote instead must start no fix.
 *
 * @param left gets those that AWS does not show
 */
async function intact(
  { region, state, problems }: RegionLook,
  { files, readFiles }: MissedFilesDependencies,
  left: ListedFile[],
): Promise<ListedFile[]> {
  const readAs = await readFiles.lookUp(state.waiting.map(({ key }) => key));
  const found: ListedFile[] = [];
  for (const file of state.waiting) {
    const { key, hash } = file;
    if (readAs.has(key)) continue;
    try {
      const is = await files.hashOf(key);
      if (is === hash) found.push(file);
      else if (is === undefined)
        problems.push({ kind: "log-file-missing", region, key, text: deletedUnread });
      else problems.push({ kind: "log-file-altered", region, key, text: alteredUnread });
    } catch (error) {
      left.push(file);
      const text = `this log file cannot be read: ${problemOf(error)}`;
      problems.push({ kind: "log-file-unprocessed", region, key, text });
    }
  }
  return found;
}

/** @returns those that are still to be processed */
async function processBatch(
  batch: ListedFile[],
  { region, problems }: RegionLook,
  invocation: Invocation,
  { readFiles, processLogFiles }: MissedFilesDependencies,
): Promise<ListedFile[]> {
  const keys = batch.map(({ key }) => key);
  const failure = await failureOf(processLogFiles(keys, invocation));
  const readAs = await readFiles.lookUp(keys);
  for (const { key, hash } of batch)
    if (readAs.get(key)?.some((as) => as.hash !== hash))
      problems.push({ kind: "log-file-altered", region, key, text: alteredUnread });
  const left = batch.filter(({ key }) => !readAs.has(key));
  const text = `this log file could not be processed: ${failure ?? "it was not read"}`;
  for (const { key } of left) problems.push({ kind: "log-file-unprocessed", region, key, text });
  return left;
}

/** The log files of which the function should have been notified long ago, as one problem. */
function unnotified(processed: ListedFile[], region: string, now: number): DigestProblem[] {
  const lost = processed.filter(({ key }) => now - (logFileNameOf(key)?.at ?? now) > notifiedWithinMs);
  const [first] = lost;
  if (first === undefined) return [];
  const text =
    lost.length === 1
      ? "the function was not notified of this log file, and has processed it now"
      : `the function was not notified of ${lost.length} log files, this one first, and has processed them now`;
  return [{ kind: "log-file-unnotified", region, key: first.key, text }];
}

function givenUp([first, ...others]: ListedFile[], region: string): DigestProblem[] {
  if (first === undefined) return [];
  const text =
    `${others.length + 1} log files, this one first, could not be processed and are not tried again: ` +
    "hand them to `npx cloudtrailer replay`";
  return [{ kind: "log-file-unprocessed", region, key: first.key, text }];
}

/** Why something failed; undefined when it did not. */
async function failureOf(work: Promise<void>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}
