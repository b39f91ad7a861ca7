import type { ListedFile } from "../../handlers/cloudtrail/digest";
import { logFileNameOf } from "../../handlers/cloudtrail/digest";
import { type DigestProblem, judgeChain, type ReadDigest } from "../../handlers/cloudtrail/digest-chain";
import { forEachAtMost } from "../../handlers/concurrency";
import type { DigestFiles, ListedDigest } from "../../handlers/watch/digest-files";
import type { ReadFiles } from "../../handlers/watch/read-files";

/** What a region's digests and log files come to. */
export interface VerifiedRegion {
  region: string;
  /** What the digests cover, epoch ms; left out when there are none. */
  from?: number;
  to?: number;
  digests: number;
  logFiles: number;
  /** Log files that the function did not process. */
  unread: number;
  problems: DigestProblem[];
}

/** What is verified, and with what. */
export interface Verification {
  files: DigestFiles;
  readFiles: Pick<ReadFiles, "lookUp">;
  /** Digests that end after it are verified, epoch ms. */
  from: number;
  /** Since when log files are the function's to process, epoch ms. */
  since: number;
  /** Called with how far it has come. */
  progress?(region: string, done: number, all: number): void;
  /** Epoch ms. */
  now(): number;
}

/** Objects read at a time. */
const atATime = 8;

/** How long a log file may take to be processed, ms. */
const processedWithinMs = 900_000;

/**
 * Verifies every digest of a region that ends after a time, and every log file that they list, by reading it; and whether the
 * function processed it.
 */
export async function verifyRegion(region: string, verification: Verification): Promise<VerifiedRegion> {
  const { files, from } = verification;
  const listed = await files.digestsAfter(region, from);
  const standard = await readAll(region, listed, false, files);
  const chain = judgeChain(standard);
  const backfills = (await readAll(region, listed, true, files)).map((one) => judgeChain([one]));
  const digests = [...chain.digests, ...backfills.flatMap((one) => one.digests)];
  const result: VerifiedRegion = {
    region,
    digests: listed.length,
    logFiles: 0,
    unread: 0,
    problems: [...chain.problems, ...backfills.flatMap(({ problems }) => problems)].map((one) => ({
      ...one,
      region,
    })),
  };
  if (chain.digests.length > 0) {
    result.from = Math.min(...chain.digests.map(({ start }) => start));
    result.to = Math.max(...chain.digests.map(({ end }) => end));
  }
  await verifyFiles(
    digests.flatMap((digest) => digest.files),
    result,
    verification,
  );
  return result;
}

async function readAll(
  region: string,
  listed: ListedDigest[],
  isBackfill: boolean,
  files: DigestFiles,
): Promise<ReadDigest[]> {
  const wanted = listed.filter((one) => one.isBackfill === isBackfill);
  const read = await forEachAtMost(atATime, wanted, ({ key }) => files.read(region, key));
  return read.flatMap((one, index) => {
    if (one.status === "rejected") throw one.reason;
    return one.value ?? { key: wanted[index]?.key ?? "", invalid: "it was deleted meanwhile" };
  });
}

async function verifyFiles(
  listed: ListedFile[],
  result: VerifiedRegion,
  { files, readFiles, since, progress, now }: Verification,
): Promise<void> {
  const { region, problems } = result;
  const processed = await readFiles.lookUp(listed.map(({ key }) => key));
  let done = 0;
  const verified = await forEachAtMost(atATime, listed, async ({ key, hash }) => {
    const is = await files.hashOf(key);
    progress?.(region, ++done, listed.length);
    if (is === undefined)
      return { kind: "log-file-missing" as const, region, key, text: "this log file is not there" };
    if (is !== hash)
      return {
        kind: "log-file-altered" as const,
        region,
        key,
        text: "this log file is not as CloudTrail wrote it",
      };
    return undefined;
  });
  for (const [index, one] of verified.entries()) {
    if (one.status === "rejected") throw one.reason;
    const { key, hash } = listed[index] as ListedFile;
    result.logFiles++;
    if (one.value !== undefined) problems.push(one.value);
    const as = processed.get(key);
    const at = logFileNameOf(key)?.at ?? 0;
    if (as?.some((read) => read.hash !== hash)) {
      const text = "this log file was not as CloudTrail wrote it when the function read it";
      problems.push({ kind: "log-file-altered", region, key, text });
    } else if (as === undefined && at >= since && now() - at > processedWithinMs) {
      result.unread++;
      const text = "the function did not process this log file";
      problems.push({ kind: "log-file-unprocessed", region, key, text });
    }
  }
}
