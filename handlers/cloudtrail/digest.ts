import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { fieldsOf, listOf, textOf } from "../json";
import type { ObjectKey } from "./notification";

/** A log file as a digest lists it. */
export interface ListedFile extends ObjectKey {
  /** SHA-256 of the uncompressed content, hexadecimal. */
  hash: string;
}

/** The digest before, as a digest names it. */
export interface PreviousDigest extends ObjectKey {
  hash: string;
  signature: string;
}

/** A digest file: which log files CloudTrail delivered in a period, and the digest before it. */
export interface Digest extends ObjectKey {
  /** Epoch ms. */
  start: number;
  end: number;
  /** `digestEndTime` as it stands there: it is signed so. */
  endText: string;
  /** SHA-256 of the uncompressed content, hexadecimal. */
  hash: string;
  /** Hexadecimal, from the object's metadata. */
  signature: string;
  /** Fingerprint of the key that signed it. */
  fingerprint: string;
  /** Undefined for the first after validation or logging began. */
  previous?: PreviousDigest;
  files: ListedFile[];
}

/** Public keys by their fingerprint, DER in PKCS #1. */
export type PublicKeys = Record<string, Uint8Array>;

/** What the key of a digest file says. */
export interface DigestName {
  region: string;
  trail: string;
  /** Where the trail was made. */
  homeRegion: string;
  /** Epoch ms. */
  end: number;
  /** Whether it lists log files that an earlier digest left out: such digests have a chain of their own. */
  isBackfill: boolean;
}

/** A digest is some hundred bytes for each log file of an hour. */
const maxDigestBytes = 64 * 1024 ** 2;

/** The one way in which CloudTrail signs. */
const algorithm = "SHA256withRSA";

/**
 * What the key of a digest file says; undefined when it is none.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function digestNameOf(key: string): DigestName | undefined {
  const [, region, trail, homeRegion, stamp, backfill] =
    /_CloudTrail-Digest_([a-z0-9-]+)_(.+)_([a-z0-9-]+)_(\d{8}T\d{6}Z)(_backfill)?\.json\.gz$/.exec(key) ?? [];
  if (region === undefined || trail === undefined || homeRegion === undefined || stamp === undefined)
    return undefined;
  return { region, trail, homeRegion, end: timeOfStamp(stamp), isBackfill: backfill !== undefined };
}

/** What the key of a log file says. */
export interface LogFileName {
  /** 12 digits. */
  account: string;
  region: string;
  /** What no other file of the account and region has: `20150817T1445Z_9nYN7gp2eWAJHIfT`. */
  name: string;
  /** When it was delivered, epoch ms. */
  at: number;
}

/**
 * What the key of a log file says; undefined when it is none.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-find-log-files.html
 */
export function logFileNameOf(key: string): LogFileName | undefined {
  const [, account, region, name, stamp] =
    /\/(\d{12})_CloudTrail_([a-z0-9-]+)_((\d{8}T\d{4}Z)_[A-Za-z0-9]+)\.json\.gz$/.exec(key) ?? [];
  return account === undefined || region === undefined || name === undefined || stamp === undefined
    ? undefined
    : { account, region, name, at: timeOfStamp(stamp) };
}

/** Of `20150817T1445Z` or `20150817T144531Z`; NaN for what is no time. */
function timeOfStamp(stamp: string): number {
  const [, day = "", month = "", date = "", hour = "", minute = "", second = "00"] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?Z$/.exec(stamp) ?? [];
  return Date.parse(`${day}-${month}-${date}T${hour}:${minute}:${second}Z`);
}

/**
 * Reads a digest file. Who signed it is not looked at: see {@link signatureProblem}.
 *
 * @param metadata of the object: `signature`, `signature-algorithm`
 * @throws Error that says what was expected and what was found
 */
export function readDigest(
  { bucket, key }: ObjectKey,
  compressed: Uint8Array,
  metadata: Record<string, unknown>,
): Digest {
  const content = inflated(compressed);
  const json = fieldsOf(JSON.parse(content.toString("utf8")));
  const wanted = (name: string): string => {
    const text = textOf(json[name]);
    if (text === undefined || text === "") throw new Error(`expected a text ${name}, found none`);
    return text;
  };
  const endText = wanted("digestEndTime");
  const place = { bucket: wanted("digestS3Bucket"), key: wanted("digestS3Object") };
  if (place.bucket !== bucket || place.key !== key)
    throw new Error(`expected it where it was written, s3://${place.bucket}/${place.key}: it was moved`);
  const signature = textOf(metadata.signature)?.toLowerCase();
  if (signature === undefined || !/^(?:[0-9a-f]{2})+$/.test(signature))
    throw new Error("expected a signature in its metadata, found none");
  if (metadata["signature-algorithm"] !== algorithm)
    throw new Error(`expected the signature algorithm ${algorithm} in its metadata, found another or none`);
  const digest = {
    bucket,
    key,
    start: Date.parse(wanted("digestStartTime")),
    end: Date.parse(endText),
    endText,
    hash: createHash("sha256").update(content).digest("hex"),
    signature,
    fingerprint: wanted("digestPublicKeyFingerprint"),
    files: listOf(json.logFiles).map(fileOf),
  };
  if (Number.isNaN(digest.start) || Number.isNaN(digest.end))
    throw new Error("expected times as digestStartTime and digestEndTime, found others");
  const previous = previousOf(json);
  return previous === undefined ? digest : { ...digest, previous };
}

/** Exactly one gzip stream: what follows it would be read by nobody else. */
function inflated(compressed: Uint8Array): Buffer {
  const { buffer, engine } = gunzipSync(compressed, {
    info: true,
    maxOutputLength: maxDigestBytes,
  } as object) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  if (engine.bytesWritten !== compressed.length)
    throw new Error(
      `expected one gzip stream, found ${compressed.length - engine.bytesWritten} bytes after it`,
    );
  return buffer;
}

function fileOf(listed: unknown): ListedFile {
  const { s3Bucket, s3Object, hashValue, hashAlgorithm } = fieldsOf(listed);
  const [bucket, key, hash] = [textOf(s3Bucket), textOf(s3Object), textOf(hashValue)];
  if (bucket === undefined || key === undefined || hash === undefined || hashAlgorithm !== "SHA-256")
    throw new Error("expected log files with s3Bucket, s3Object and a hashValue by SHA-256, found others");
  return { bucket, key, hash: hash.toLowerCase() };
}

function previousOf(json: Record<string, unknown>): PreviousDigest | undefined {
  const bucket = textOf(json.previousDigestS3Bucket);
  const key = textOf(json.previousDigestS3Object);
  const hash = textOf(json.previousDigestHashValue);
  const signature = textOf(json.previousDigestSignature);
  const given = [bucket, key, hash, signature].filter((text) => text !== undefined);
  if (given.length === 0) return undefined;
  if (bucket === undefined || key === undefined || hash === undefined || signature === undefined)
    throw new Error("expected all of the digest before, or nothing, found a part of it");
  return { bucket, key, hash: hash.toLowerCase(), signature: signature.toLowerCase() };
}

/**
 * Why the signature of a digest proves nothing; undefined when it is CloudTrail's.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export function signatureProblem(digest: Digest, keys: PublicKeys): string | undefined {
  const { fingerprint, endText, bucket, key, hash, previous, signature } = digest;
  const der = Object.hasOwn(keys, fingerprint) ? keys[fingerprint] : undefined;
  if (der === undefined)
    return `it is signed with the key ${JSON.stringify(fingerprint.slice(0, 80))}, which is not CloudTrail's in this region`;
  const signed = `${endText}\n${bucket}/${key}\n${hash}\n${previous?.signature ?? "null"}`;
  return isSigned(signed, der, signature) ? undefined : "its signature is not CloudTrail's";
}

function isSigned(text: string, der: Uint8Array, signature: string): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(der), format: "der", type: "pkcs1" });
    return verifySignature("sha256", Buffer.from(text), publicKey, Buffer.from(signature, "hex"));
  } catch {
    return false; // no key in the form of PKCS #1: nothing is proven by it
  }
}
