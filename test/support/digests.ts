import { createHash, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { Call, CallAws } from "../../handlers/aws/call";
import type { ListedFile } from "../../handlers/cloudtrail/digest";
import { account as home, type Answers, awsError } from "./factories";

/** A pair of keys as CloudTrail has one in each region. */
export interface SigningKey {
  privateKey: KeyObject;
  der: Buffer;
  fingerprint: string;
}

/** Makes a pair of keys, shorter than CloudTrail's so that tests do not wait. */
export function aSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const der = publicKey.export({ type: "pkcs1", format: "der" });
  return { privateKey, der, fingerprint: createHash("md5").update(der).digest("hex") };
}

export const trail = { name: "ours", arn: `arn:aws:cloudtrail:us-west-2:${home}:trail/ours` };
export const bucket = "lambdasharp-red-cloudtrail";

/** A digest as it was written. */
export interface WrittenDigest {
  key: string;
  hash: string;
  signature: string;
  end: Date;
  /** As JSON, before it was compressed. */
  content: Record<string, unknown>;
}

export interface DigestInput {
  region?: string;
  end: Date;
  start?: Date;
  files?: ListedFile[];
  previous?: WrittenDigest | null;
  key?: SigningKey;
  isBackfill?: boolean;
  /** When it came; some minutes after its end when not given. */
  modified?: Date;
  trailName?: string;
  /** More of its content. */
  content?: Record<string, unknown>;
}

interface StoredObject {
  body: Buffer;
  metadata: Record<string, string>;
  modified: Date;
}

/** A bucket of log files and digests in memory, and the CloudTrail that writes to it. */
export interface DigestBucket {
  objects: Map<string, StoredObject>;
  /** Keys that ListPublicKeys answers, by region. */
  publicKeys: Record<string, SigningKey[]>;
  /** Writes a log file. @param at when it was delivered */
  logFile(at: Date, records: unknown[], region?: string): ListedFile;
  /** Writes an object anew, or changes one. */
  put(key: string, body: Buffer, metadata?: Record<string, string>): void;
  digest(input: DigestInput): WrittenDigest;
  /** Answers calls about it; others are for `answers`. */
  aws: CallAws;
  calls: Call[];
  /** More answers, or other ones. */
  answers: Answers;
}

const stamp = (at: Date, length: number) => `${at.toISOString().replace(/[-:]/g, "").slice(0, length)}Z`;
const day = (at: Date) => at.toISOString().slice(0, 10).replaceAll("-", "/");
const hashOf = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

/** Makes an empty bucket. @param key that signs in each region @param whose log files and digests they are, and their folder */
export function aDigestBucket(
  key: SigningKey,
  answers: Answers = {},
  { account, folder }: { account: string; folder: string } = { account: home, folder: `AWSLogs/${home}/` },
): DigestBucket {
  const objects = new Map<string, StoredObject>();
  const publicKeys: Record<string, SigningKey[]> = {};
  const calls: Call[] = [];
  let files = 0;

  const own: Record<string, (call: Call) => Record<string, unknown>> = {
    "s3:GetObject": ({ input }) => {
      const object = objects.get(String(input.Key));
      if (object === undefined) throw awsError("NoSuchKey", "The specified key does not exist.");
      const { body, metadata } = object;
      return {
        Body: Readable.from([body]),
        Metadata: metadata,
        ETag: `"${createHash("md5").update(body).digest("hex")}"`,
      };
    },
    "s3:ListObjectsV2": ({ input }) => listed(objects, input),
    "cloudtrail:ListPublicKeys": ({ region }) => ({
      PublicKeyList: (publicKeys[region] ?? [key]).map(({ fingerprint, der }) => ({
        Fingerprint: fingerprint,
        Value: new Uint8Array(der),
      })),
    }),
    "cloudtrail:GetTrail": () => ({ Trail: { LogFileValidationEnabled: true, IsMultiRegionTrail: true } }),
  };

  const put = (name: string, body: Buffer, metadata: Record<string, string> = {}, modified = new Date()) =>
    void objects.set(name, { body, metadata, modified });

  return {
    objects,
    publicKeys,
    calls,
    answers,
    put: (name, body, metadata) => put(name, body, metadata ?? objects.get(name)?.metadata),
    logFile(at, records, region = "us-west-2") {
      const content = JSON.stringify({ Records: records });
      const unique = String(++files).padStart(16, "A");
      const name = `${account}_CloudTrail_${region}_${stamp(at, 13)}_${unique}.json.gz`;
      const path = `${folder}CloudTrail/${region}/${day(at)}/${name}`;
      put(path, gzipSync(content));
      return { bucket, key: path, hash: hashOf(content) };
    },
    digest({ region = "us-west-2", end, previous = null, files: listedFiles = [], ...more }) {
      const signing = more.key ?? key;
      const trailName = more.trailName ?? trail.name;
      const name = `${account}_CloudTrail-Digest_${region}_${trailName}_us-west-2_${stamp(end, 15)}${more.isBackfill ? "_backfill" : ""}.json.gz`;
      const path = `${folder}CloudTrail-Digest/${region}/${day(end)}/${name}`;
      const endText = `${end.toISOString().slice(0, 19)}Z`;
      const content = {
        awsAccountId: account,
        digestStartTime: (more.start ?? new Date(end.getTime() - 3_600_000)).toISOString(),
        digestEndTime: endText,
        digestS3Bucket: bucket,
        digestS3Object: path,
        digestPublicKeyFingerprint: signing.fingerprint,
        digestSignatureAlgorithm: "SHA256withRSA",
        newestEventTime: null,
        oldestEventTime: null,
        previousDigestS3Bucket: previous && bucket,
        previousDigestS3Object: previous?.key ?? null,
        previousDigestHashValue: previous?.hash ?? null,
        previousDigestHashAlgorithm: previous && "SHA-256",
        previousDigestSignature: previous?.signature ?? null,
        logFiles: listedFiles.map((file) => ({
          s3Bucket: file.bucket,
          s3Object: file.key,
          hashValue: file.hash,
          hashAlgorithm: "SHA-256",
          newestEventTime: endText,
          oldestEventTime: endText,
        })),
        ...more.content,
      };
      const text = JSON.stringify(content);
      const hash = hashOf(text);
      const signed = `${endText}\n${bucket}/${path}\n${hash}\n${previous?.signature ?? "null"}`;
      const signature = createSign("RSA-SHA256").update(signed).sign(signing.privateKey, "hex");
      const metadata = { signature, "signature-algorithm": "SHA256withRSA" };
      put(path, gzipSync(text), metadata, more.modified ?? new Date(end.getTime() + 600_000));
      return { key: path, hash, signature, end, content };
    },
    aws: async (call) => {
      calls.push(call);
      const name = `${call.service}:${call.operation}`;
      const answer = answers[name];
      if (typeof answer === "function") return answer(call.input);
      if (answer !== undefined) return answer;
      const known = own[name];
      if (known === undefined) throw new Error(`this test knows no answer to ${name}`);
      return known(call);
    },
  };
}

/** Objects a page; few, so that every list of a test has more than one. */
const pageSize = 3;

function listed(objects: Map<string, StoredObject>, input: Record<string, unknown>): Record<string, unknown> {
  const prefix = String(input.Prefix ?? "");
  const after = String(input.ContinuationToken ?? input.StartAfter ?? "");
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  if (input.Delimiter === "/") {
    const folders = keys.map((key) => key.slice(0, key.indexOf("/", prefix.length) + 1));
    return { CommonPrefixes: [...new Set(folders)].map((Prefix) => ({ Prefix })) };
  }
  const page = keys.slice(0, pageSize);
  return {
    Contents: page.map((Key) => {
      const { body, modified } = objects.get(Key) as StoredObject;
      return {
        Key,
        LastModified: modified,
        ETag: `"${createHash("md5").update(body).digest("hex")}"`,
        Size: body.length,
      };
    }),
    ...(keys.length > pageSize ? { IsTruncated: true, NextContinuationToken: page.at(-1) } : {}),
  };
}
