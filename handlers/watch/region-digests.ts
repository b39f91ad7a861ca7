import { type Digest, type ListedFile, logFileNameOf } from "../cloudtrail/digest";
import {
  type ChainHead,
  type DigestProblem,
  judgeChain,
  type JudgedChain,
  type MissingDigest,
  type ReadDigest,
} from "../cloudtrail/digest-chain";
import type { DigestFiles, ListedDigest, ListedObject } from "./digest-files";
import type { ReadAs, ReadFiles } from "./read-files";

/** Where the digests of a region have come to. Plain JSON. */
export interface RegionState {
  /** Whose digests they are. */
  trail: string;
  /** The last digest that was followed. */
  head?: ChainHead;
  /** When the newest digest came, epoch ms. */
  arrived?: number;
  missing: MissingDigest[];
  /** Keys of digests that prove nothing, as long as they are listed. */
  invalid: string[];
  /** Keys of backfilled digests that were read, as long as they are listed. */
  backfills: string[];
  /** Log files that are still to be processed. */
  waiting: ListedFile[];
}

/** A region as a check sees it. */
export interface RegionLook {
  region: string;
  state: RegionState;
  problems: DigestProblem[];
  /** Digests that were verified this time, and the log files that they list. */
  digests: number;
  logFiles: number;
}

/** What a look at a region is made with. */
export interface LookDependencies {
  files: DigestFiles;
  readFiles: Pick<ReadFiles, "lookUp">;
  /** Where log files are. */
  place: { bucket: string; prefix: string };
  /** What was delivered before is not this system's to process, epoch ms. */
  since: number;
  /** Epoch ms. */
  now(): number;
}

/** How far back digests are looked for that come after later ones, ms. */
const lookBackMs = 7 * 86_400_000;

/** Names of log files have minutes: one of the minute in which this system began may have come after that. */
const namedToMs = 60_000;

/** Digests of a region that one look follows; the next goes on. */
const maxDigests = 48;

/** A region of which nothing is known. */
export function unknownRegion(trail: string): RegionState {
  return { trail, missing: [], invalid: [], backfills: [], waiting: [] };
}

/**
 * Follows the digests of a region from where they had come to: verifies them, compares the log files that they list with those
 * that were read, and notes in the state which are still to be processed.
 *
 * @throws an error of AWS; then nothing is known
 */
export async function lookAtRegion(look: RegionLook, dependencies: LookDependencies): Promise<void> {
  const digests = await followed(look, dependencies);
  const files = digests.flatMap((digest) => digest.files);
  look.digests += digests.length;
  look.logFiles += files.length;
  const ours = files.filter((file) => isOurs(file, look, dependencies));
  if (ours.length > 0) await compare(ours, look, dependencies);
}

/** Digests whose signature is CloudTrail's. */
async function followed(look: RegionLook, dependencies: LookDependencies): Promise<Digest[]> {
  const { state, region } = look;
  const from = state.head?.end ?? dependencies.since;
  const listed = await dependencies.files.digestsAfter(region, from - lookBackMs);
  // What is not listed any more need not be remembered.
  state.invalid = state.invalid.filter((key) => listed.some((one) => one.key === key));
  return [
    ...(await comeLate(look, dependencies, listed)),
    ...(await continued(
      look,
      dependencies,
      listed.filter(({ isBackfill, end }) => !isBackfill && end > from),
    )),
    ...(await backfilled(
      look,
      dependencies,
      listed.filter(({ isBackfill, end }) => isBackfill && end > dependencies.since),
    )),
  ];
}

/** Digests that were missing, and are there now. */
async function comeLate(
  look: RegionLook,
  { files, now }: LookDependencies,
  listed: ListedDigest[],
): Promise<Digest[]> {
  const { state, region } = look;
  const digests: Digest[] = [];
  for (const missing of state.missing.splice(0)) {
    const { key, hash } = missing.digest;
    const read = listed.some((one) => one.key === key) ? await files.read(region, key) : undefined;
    if (read === undefined) {
      if (now() - missing.after.end < lookBackMs) state.missing.push(missing);
      continue;
    }
    const [digest] = taken(judgeChain([read], { head: missing.after, invalid: state.invalid }), look);
    const text = "this digest is not as CloudTrail wrote it: the one after it has another hash of it";
    if (digest?.hash === hash) digests.push(digest);
    else if (digest !== undefined) look.problems.push({ kind: "digest-altered", region, key, text });
  }
  return digests;
}

/** The digests of the chain that came since the last look. */
async function continued(
  look: RegionLook,
  { files }: LookDependencies,
  listed: ListedDigest[],
): Promise<Digest[]> {
  const { state, region } = look;
  const unread = listed.filter(({ key }) => !state.invalid.includes(key));
  const chain = judgeChain(await readAll(region, unread, files), state);
  const digests = taken(chain, look);
  if (chain.head !== undefined) state.head = chain.head;
  const came = listed.filter(({ key }) => digests.some((digest) => digest.key === key));
  // Only what CloudTrail signed shows that its digests come.
  if (came.length > 0) state.arrived = Math.max(...came.map(({ modified }) => modified));
  return digests;
}

/**
 * Digests that list what earlier ones left out. They have a chain of their own, in the order in which they were made, which
 * their names do not show; what they list, their signatures alone vouch for.
 */
async function backfilled(
  look: RegionLook,
  { files }: LookDependencies,
  listed: ListedDigest[],
): Promise<Digest[]> {
  const { state, region } = look;
  const unread = listed.filter(({ key }) => !state.backfills.includes(key));
  const read = await readAll(region, unread, files);
  const keys = [...state.backfills, ...read.map(({ key }) => key)];
  state.backfills = listed.map(({ key }) => key).filter((key) => keys.includes(key));
  return read.flatMap((one) => taken(judgeChain([one]), look));
}

/** Digests in their order, up to one that is gone since it was listed. */
async function readAll(region: string, listed: ListedDigest[], files: DigestFiles): Promise<ReadDigest[]> {
  const read: ReadDigest[] = [];
  for (const { key } of listed.slice(0, maxDigests)) {
    const found = await files.read(region, key);
    if (found === undefined) break;
    read.push(found);
  }
  return read;
}

function taken({ problems, digests, missing, invalid }: JudgedChain, look: RegionLook): Digest[] {
  const { state, region } = look;
  look.problems.push(...problems.map((one) => ({ ...one, region })));
  state.missing.push(...missing);
  state.invalid = [...new Set([...state.invalid, ...invalid])];
  return digests;
}

/** Whether a log file is where this system's are. A trail may have written to another bucket before. */
function isOurs({ bucket, key }: ListedFile, look: RegionLook, { place }: LookDependencies): boolean {
  if (bucket === place.bucket && key.startsWith(`${place.prefix}CloudTrail/`)) return true;
  const text = `a digest lists this log file, which is not below s3://${place.bucket}/${place.prefix}CloudTrail/`;
  look.problems.push({ kind: "unverifiable", region: look.region, key: `s3://${bucket}/${key}`, text });
  return false;
}

/** Compares log files with what was read of them, and with what is there. */
async function compare(
  listed: ListedFile[],
  look: RegionLook,
  dependencies: LookDependencies,
): Promise<void> {
  const { files, readFiles, since } = dependencies;
  const readAs = await readFiles.lookUp(listed.map(({ key }) => key));
  const keys = listed.map(({ key }) => key).sort();
  const there = await files.logFiles(look.region, keys[0] ?? "", keys.at(-1) ?? "");
  for (const file of listed) {
    const as = readAs.get(file.key);
    if (as === undefined) {
      const at = logFileNameOf(file.key)?.at ?? Number.NaN;
      if (!(at + namedToMs <= since) && !look.state.waiting.some(({ key }) => key === file.key))
        look.state.waiting.push(file);
    } else {
      const problem = await problemOfRead(file, as, there.get(file.key), files);
      if (problem !== undefined) look.problems.push({ ...problem, region: look.region, key: file.key });
    }
  }
}

/** What is wrong with a log file that was read. */
async function problemOfRead(
  { key, hash }: ListedFile,
  as: ReadAs[],
  there: ListedObject | undefined,
  files: DigestFiles,
): Promise<Pick<DigestProblem, "kind" | "text"> | undefined> {
  if (as.some((one) => one.hash !== hash))
    return {
      kind: "log-file-altered",
      text: "this log file was not as CloudTrail wrote it when it was read: what was found in it may be false, and what was in it is not known",
    };
  if (there === undefined)
    return { kind: "log-file-missing", text: "this log file was deleted after it was read" };
  if (as.some(({ tag }) => tag === there.tag)) return undefined;
  const now = await files.hashOf(key);
  if (now === hash) return undefined;
  return now === undefined
    ? { kind: "log-file-missing", text: "this log file was deleted after it was read" }
    : { kind: "log-file-altered", text: "this log file was changed after it was read" };
}
