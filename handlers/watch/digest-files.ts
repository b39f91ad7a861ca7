import { createHash } from "node:crypto";
import { createGunzip } from "node:zlib";
import { pipeline } from "node:stream/promises";
import type { CallAws } from "../aws/call";
import { contentOf, plainTagOf } from "../aws/object-content";
import {
  type Digest,
  type DigestName,
  digestNameOf,
  type PublicKeys,
  readDigest,
  signatureProblem,
} from "../cloudtrail/digest";
import type { ReadDigest } from "../cloudtrail/digest-chain";
import type { ObjectKey } from "../cloudtrail/notification";
import { fieldsOf, listOf, plainTextOf, textOf } from "../json";
import { problemOf } from "../problem";

/** Where a trail's log files and digests are. */
export interface DigestsPlace {
  bucket: string;
  /** Of the bucket. */
  region: string;
  /** `AWSLogs/111122223333/`, with the trail's own prefix before it if it has one. */
  prefix: string;
  trail: { name: string; arn: string };
}

/** An object, as a list has it. */
export interface ListedObject {
  key: string;
  /** Epoch ms. */
  modified: number;
  /** Without quotes. */
  tag: string;
}

/** A digest file, as a list has it. */
export interface ListedDigest extends ListedObject, DigestName {}

/** Reads digests, log files and keys of one trail. */
export interface DigestFiles {
  /** Regions in which there are digests of any trail. */
  regions(): Promise<string[]>;
  /** Digests of the trail in a region that end after a time (epoch ms), the oldest first. */
  digestsAfter(region: string, end: number): Promise<ListedDigest[]>;
  /** Log files of a region from one key to another, both included, by key. */
  logFiles(region: string, from: string, to: string): Promise<Map<string, ListedObject>>;
  /** Reads a digest and verifies its signature. Undefined when it is not there. @throws a passing error */
  read(region: string, key: string): Promise<ReadDigest | undefined>;
  /** SHA-256 of a log file's uncompressed content, hexadecimal. Undefined when it is not there. @throws a passing error */
  hashOf(key: string): Promise<string | undefined>;
}

/** Digests are named by the second, and a chain may go on after a day of silence. */
const dayMs = 86_400_000;

/** Pages of a list at most, of a thousand objects each. */
const maxPages = 50;

/** Bytes of a digest file: it has some hundred for each log file of an hour, before it is compressed. */
const maxDigestBytes = 8 * 1024 ** 2;

/** Bytes that a log file may inflate to: CloudTrail's are far smaller. */
const maxInflatedBytes = 2 * 1024 ** 3;

/**
 * Makes the reader of digests. Public keys are kept for its life.
 *
 * @param now epoch ms
 */
export function createDigestFiles(aws: CallAws, place: DigestsPlace, now: () => number): DigestFiles {
  const { bucket, region: home, prefix, trail } = place;
  const digestFolder = `${prefix}CloudTrail-Digest/`;
  const homeRegion = trail.arn.split(":")[3] ?? home;
  /** By region. */
  const keys = new Map<string, PublicKeys>();

  const s3 = (operation: string, input: Record<string, unknown>) =>
    aws({ service: "s3", operation, region: home, input: { Bucket: bucket, ...input } });

  /** All objects below a prefix, from a key on. */
  async function* listed(Prefix: string, StartAfter: string): AsyncGenerator<ListedObject> {
    let ContinuationToken: string | undefined;
    for (let page = 0; page < maxPages; page++) {
      const answer = await s3("ListObjectsV2", {
        Prefix,
        StartAfter,
        ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
      });
      for (const one of listOf(answer.Contents)) {
        const { Key, LastModified, ETag } = fieldsOf(one);
        const modified = new Date(LastModified as string | Date).getTime();
        yield { key: plainTextOf(Key), modified, tag: plainTagOf(ETag) };
      }
      ContinuationToken = textOf(answer.NextContinuationToken);
      if (ContinuationToken === undefined) return;
    }
    throw new Error(
      `expected at most ${maxPages} pages of objects below ${Prefix} after ${StartAfter}, found more`,
    );
  }

  async function keysOf(region: string, fingerprint: string, end: number): Promise<PublicKeys> {
    const known = keys.get(region) ?? {};
    if (Object.hasOwn(known, fingerprint)) return known;
    const more: PublicKeys = { ...known };
    let NextToken: string | undefined;
    do {
      const answer = await aws({
        service: "cloudtrail",
        operation: "ListPublicKeys",
        region,
        input: {
          StartTime: new Date(end - dayMs),
          // Backfilled digests are signed long after the time that they are of.
          EndTime: new Date(Math.max(end + dayMs, now())),
          ...(NextToken === undefined ? {} : { NextToken }),
        },
      });
      for (const one of listOf(answer.PublicKeyList)) {
        const { Fingerprint, Value } = fieldsOf(one);
        if (textOf(Fingerprint) !== undefined) more[plainTextOf(Fingerprint)] = Value as Uint8Array;
      }
      NextToken = textOf(answer.NextToken);
    } while (NextToken !== undefined);
    keys.set(region, more);
    return more;
  }

  return {
    async regions() {
      const { CommonPrefixes } = await s3("ListObjectsV2", { Prefix: digestFolder, Delimiter: "/" });
      return listOf(CommonPrefixes)
        .map((one) => plainTextOf(fieldsOf(one).Prefix).slice(digestFolder.length, -1))
        .filter((region) => /^[a-z0-9-]{1,30}$/.test(region));
    },

    async digestsAfter(region, end) {
      const folder = `${digestFolder}${region}/`;
      const day = new Date(end).toISOString().slice(0, 10).replaceAll("-", "/");
      const found: ListedDigest[] = [];
      for await (const object of listed(folder, `${folder}${day}`)) {
        const name = digestNameOf(object.key);
        if (name === undefined || !(name.end > end)) continue;
        if (name.region === region && name.trail === trail.name && name.homeRegion === homeRegion)
          found.push({ ...object, ...name });
      }
      return found.sort((a, b) => a.end - b.end || (a.key < b.key ? -1 : 1));
    },

    async logFiles(region, from, to) {
      const found = new Map<string, ListedObject>();
      const before = from.slice(0, -1);
      for await (const object of listed(`${prefix}CloudTrail/${region}/`, before)) {
        if (object.key > to) break;
        found.set(object.key, object);
      }
      return found;
    },

    async read(region, key) {
      let answer: Record<string, unknown>;
      let body: Uint8Array | undefined;
      try {
        answer = await s3("GetObject", { Key: key });
        body = await bytesOf(answer.Body as AsyncIterable<Uint8Array>);
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
      if (body === undefined) return { key, invalid: `expected at most ${maxDigestBytes} bytes, found more` };
      const digest = readOrSay({ bucket, key }, body, fieldsOf(answer.Metadata));
      if (typeof digest === "string") return { key, invalid: digest };
      const invalid = signatureProblem(digest, await keysOf(region, digest.fingerprint, digest.end));
      return invalid === undefined ? { key, digest } : { key, invalid };
    },

    async hashOf(key) {
      try {
        return await hashOfGzip(contentOf(aws, { region: home, bucket, key }));
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },
  };
}

/** Undefined when there are too many. */
async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxDigestBytes) return undefined;
  }
  return Buffer.concat(chunks);
}

/** What is no gzip, or has something after it, has a hash as well: one that no digest lists. */
async function hashOfGzip(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  const gunzip = createGunzip();
  let [compressed, inflated] = [0, 0];
  try {
    await pipeline(
      async function* () {
        for await (const chunk of content) {
          compressed += chunk.length;
          yield chunk;
        }
      },
      gunzip,
      async (chunks: AsyncIterable<Uint8Array>) => {
        for await (const chunk of chunks) {
          inflated += chunk.length;
          if (inflated > maxInflatedBytes)
            throw new Error(`it inflates to more than ${maxInflatedBytes} bytes`);
          hash.update(chunk);
        }
      },
    );
  } catch (error) {
    if (plainTextOf(fieldsOf(error).code).startsWith("Z_")) return "";
    throw error;
  }
  return gunzip.bytesWritten === compressed ? hash.digest("hex") : "";
}

function isGone(error: unknown): boolean {
  return ["NoSuchKey", "NotFound"].includes(plainTextOf(fieldsOf(error).name));
}

/** The digest, or what is wrong with its file. */
function readOrSay(place: ObjectKey, body: Uint8Array, metadata: Record<string, unknown>): Digest | string {
  try {
    return readDigest(place, body, metadata);
  } catch (error) {
    return problemOf(error);
  }
}
