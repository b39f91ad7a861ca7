import { type Digest, digestNameOf, type PreviousDigest } from "./digest";

/** What can be wrong with digests, and with the log files that they list. */
export type DigestProblemKind =
  | "chain-forked"
  | "chain-restarted"
  | "digest-altered"
  | "digest-invalid"
  | "digest-missing"
  | "digest-overdue"
  | "log-file-altered"
  | "log-file-missing"
  | "log-file-unnotified"
  | "log-file-unprocessed"
  | "unverifiable";

/** One thing that is wrong. */
export interface DigestProblem {
  kind: DigestProblemKind;
  region: string;
  /** Of the digest or the log file; none where it is about the region. */
  key?: string;
  /** A sentence without its full stop. */
  text: string;
}

/** The last digest of a chain, as far as the chain was followed. */
export interface ChainHead {
  bucket: string;
  key: string;
  /** Epoch ms. */
  end: number;
  hash: string;
  signature: string;
}

/** A digest file that was read: what it says, or why that proves nothing. */
export type ReadDigest = { key: string } & ({ digest: Digest } | { invalid: string });

/** A digest that another one names as the one before it, and that was not there. */
export interface MissingDigest {
  digest: PreviousDigest;
  /** What the chain had come to before the gap. */
  after: ChainHead;
}

/** What a piece of a chain comes to. */
export interface JudgedChain {
  problems: Omit<DigestProblem, "region">[];
  /** Digests whose signature is CloudTrail's, in their order. */
  digests: Digest[];
  missing: MissingDigest[];
  /** Keys of digests that prove nothing, those known before included. */
  invalid: string[];
  /** Where the next piece begins; undefined when there is nothing yet. Only what CloudTrail signed moves it. */
  head?: ChainHead;
}

/** What is known of a chain. */
export type KnownChain = Pick<JudgedChain, "head"> & Partial<Pick<JudgedChain, "invalid">>;

/**
 * Follows a chain of digests from one to the next.
 *
 * @param read what comes after the head, the oldest first
 */
export function judgeChain(read: ReadDigest[], { head, invalid = [] }: KnownChain = {}): JudgedChain {
  const judged: JudgedChain = { problems: [], digests: [], missing: [], invalid: [...invalid] };
  for (const one of read) {
    if ("invalid" in one) {
      const text = `this digest proves nothing: ${one.invalid}`;
      judged.problems.push({ kind: "digest-invalid", key: one.key, text });
      judged.invalid.push(one.key);
    } else judged.digests.push(one.digest);
  }
  let last = head;
  for (const digest of judged.digests) {
    if (last !== undefined) judgeLink(digest, last, judged);
    // What forks off is no continuation.
    if (last === undefined || digest.end > last.end) last = headAt(digest);
  }
  return last === undefined ? judged : { ...judged, head: last };
}

function headAt({ bucket, key, end, hash, signature }: Digest): ChainHead {
  return { bucket, key, end, hash, signature };
}

function judgeLink(digest: Digest, last: ChainHead, judged: JudgedChain): void {
  const { key, start, previous } = digest;
  if (previous === undefined) {
    const text =
      `the chain begins anew: logging or log file validation was off between ${timeOf(last.end)} and ` +
      `${timeOf(start)}, and nothing vouches for that time`;
    judged.problems.push({ kind: "chain-restarted", key, text });
  } else if (previous.key !== last.key || previous.bucket !== last.bucket)
    judgeGap(key, previous, last, judged);
  else if (previous.hash !== last.hash || previous.signature !== last.signature) {
    const text = `this digest is not as CloudTrail wrote it: ${key}, which follows it, has another hash or signature of it`;
    judged.problems.push({ kind: "digest-altered", key: last.key, text });
  }
}

function judgeGap(key: string, previous: PreviousDigest, last: ChainHead, judged: JudgedChain): void {
  // That one is there, and was reported.
  if (judged.invalid.includes(previous.key)) return;
  const end = digestNameOf(previous.key)?.end ?? Number.NaN;
  if (end <= last.end) {
    const text = `the chain forks: this digest follows ${previous.key}, which ${last.key} or one before it follows`;
    judged.problems.push({ kind: "chain-forked", key, text });
    return;
  }
  judged.missing.push({ digest: previous, after: last });
  const text = `this digest is not there, although ${key} follows it: nothing vouches for the log files that it lists`;
  judged.problems.push({ kind: "digest-missing", key: previous.key, text });
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
