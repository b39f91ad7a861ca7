import { createHash, createSign, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ListPublicKeysCommand } from "@aws-sdk/client-cloudtrail";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { asCloudTrail, type RootClients } from "./root-clients";
import { assertBucketLetsIn, isRefusal } from "./service-policies";
import { folderOf, type Trail } from "./trails";

const pack = promisify(gzip);
const newKeyPair = promisify(generateKeyPair);

/** A log file in a trail's bucket. */
export interface WrittenFile {
  trail: Trail;
  /** Whose records it has. */
  account: string;
  region: string;
  key: string;
  /** SHA-256 of the uncompressed content, hexadecimal. */
  hash: string;
  /** `eventTime` of its oldest and newest record. */
  oldest: string;
  newest: string;
}

export interface DigestsOptions {
  clients: RootClients;
  /** 12 digits. */
  account: string;
  /** The organization's other accounts: an organization trail has chains for each. */
  members: string[];
  /** The current trails. */
  trails(): Trail[];
  onError(error: Error): void;
}

/** Writes digest files: one chain per account and region for each trail that validates its log files, each digest signed. */
export interface Digests {
  /** Remembers a log file for the next digest of its trail, account and region. */
  add(file: WrittenFile): void;
  /** Ends the chains of trails that no longer log or validate, with a last digest each. */
  endStopped(): Promise<void>;
  /** Writes a digest per account and region for each trail that logs, whether or not there were log files. */
  write(): Promise<void>;
}

interface DigestPlace {
  bucket: string;
  key: string;
}

/** The chain of digests of one trail for one account in one region. */
interface Chain {
  trail: Trail;
  account: string;
  region: string;
  /** When the trail had last been stopped as of the chain's beginning. */
  stoppedAt: number | undefined;
  /** Start of the next digest. */
  since: Date;
  files: WrittenFile[];
  previous?: DigestPlace & { hash: string; signature: string };
  /** Why the last digest could not be written; reported once. */
  failure?: string;
}

interface SigningKey {
  privateKey: KeyObject;
  fingerprint: string;
}

/** For digests and for the files they list. */
const hashAlgorithm = "SHA-256";
const signatureAlgorithm = "SHA256withRSA";

/** How long a key is used, in ms. */
const keyValidity = 90 * 24 * 3_600_000;

/** CloudTrail's times have no fractions. */
function written(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/**
 * The key of a digest file.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function digestKey(
  trail: Pick<Trail, "prefix" | "organizationId" | "name" | "homeRegion">,
  account: string,
  region: string,
  end: Date,
): string {
  const stamp = written(end).replace(/[-:]/g, "");
  const day = written(end).slice(0, 10).replaceAll("-", "/");
  const name = `${account}_CloudTrail-Digest_${region}_${trail.name}_${trail.homeRegion}_${stamp}.json.gz`;
  return [`${folderOf(trail, account)}/CloudTrail-Digest/${region}/${day}`, name].filter(Boolean).join("/");
}

/** The text that is signed for a digest, with `null` if there is no previous digest. */
export function signedText(
  end: string,
  { bucket, key }: DigestPlace,
  hash: string,
  previousSignature: string | null,
): string {
  return `${end}\n${bucket}/${key}\n${hash}\n${String(previousSignature)}`;
}

/** The content of a digest file before compression. The fields are in AWS's order. */
function contentOf(chain: Chain, end: Date, place: DigestPlace, fingerprint: string) {
  const { account, files, previous, since } = chain;
  return {
    awsAccountId: account,
    digestStartTime: written(since),
    digestEndTime: written(end),
    digestS3Bucket: place.bucket,
    digestS3Object: place.key,
    digestPublicKeyFingerprint: fingerprint,
    digestSignatureAlgorithm: signatureAlgorithm,
    newestEventTime:
      files
        .map(({ newest }) => newest)
        .sort()
        .at(-1) ?? null,
    oldestEventTime: files.map(({ oldest }) => oldest).sort()[0] ?? null,
    previousDigestS3Bucket: previous?.bucket ?? null,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous?.hash ?? null,
    previousDigestHashAlgorithm: previous ? hashAlgorithm : null,
    previousDigestSignature: previous?.signature ?? null,
    logFiles: files.map(({ trail, key, hash, newest, oldest }) => ({
      s3Bucket: trail.bucket,
      s3Object: key,
      hashValue: hash,
      hashAlgorithm,
      newestEventTime: newest,
      oldestEventTime: oldest,
    })),
  };
}

function nameOf({ trail, account, region }: Pick<Chain, "trail" | "account" | "region">): string {
  return `${trail.arn} ${account} ${region}`;
}

/** Whether a trail gets digests. */
function isDigested(trail: Trail | undefined): trail is Trail {
  return trail !== undefined && trail.isLogging && trail.validates;
}

/** Creates the writer of digests, which writes only when called. */
export function createDigests({ clients, account: home, members, trails, onError }: DigestsOptions): Digests {
  /** By trail, account and region. */
  const chains = new Map<string, Chain>();
  /** When the last digest ended, by trail, account and region, epoch ms: names of digests contain it, in seconds. */
  const ends = new Map<string, number>();
  /** By region: each has its own key. */
  const keys = new Map<string, Promise<SigningKey>>();
  let last: Promise<void> = Promise.resolve();

  async function makeKey(region: string, sourceArn: string): Promise<SigningKey> {
    const { publicKey, privateKey } = await newKeyPair("rsa", { modulusLength: 2048 });
    const der = publicKey.export({ type: "pkcs1", format: "der" });
    const fingerprint = createHash("md5").update(der).digest("hex");
    const from = Math.floor(Date.now() / 1000) - 3600;
    const body = JSON.stringify({
      Value: der.toString("base64"),
      ValidityStartTime: from,
      ValidityEndTime: from + keyValidity / 1000,
      Fingerprint: fingerprint,
    });
    const command = new ListPublicKeysCommand({});
    const register = { target: "CloudTrail_20131101.RegisterPublicKey", body };
    command.middlewareStack.add(asCloudTrail(sourceArn, register), { step: "build", priority: "high" });
    await clients.cloudtrail(region).send(command);
    return { privateKey, fingerprint };
  }

  function keyOf(region: string, sourceArn: string): Promise<SigningKey> {
    const known = keys.get(region) ?? makeKey(region, sourceArn);
    keys.set(region, known);
    known.catch(() => keys.delete(region));
    return known;
  }

  function chainOf(trail: Trail, account: string, region: string): Chain {
    const name = nameOf({ trail, account, region });
    const { stoppedAt } = trail;
    const known = chains.get(name) ?? { trail, account, region, stoppedAt, since: new Date(), files: [] };
    known.trail = trail;
    chains.set(name, known);
    return known;
  }

  /**
   * A region has a chain once the trail has a log file there; its home and the region of IAM's events have one from the
   * start.
   */
  function begin(): void {
    for (const trail of trails().filter(isDigested)) {
      const regions = trail.isMultiRegion ? [trail.homeRegion, "us-east-1"] : [trail.homeRegion];
      const accounts = trail.organizationId === undefined ? [home] : [home, ...members];
      for (const account of accounts) for (const region of new Set(regions)) chainOf(trail, account, region);
    }
  }

  async function put(chain: Chain): Promise<void> {
    const { trail, account, region, previous } = chain;
    await assertBucketLetsIn(clients, trail, home, "CloudTrail-Digest/", account);
    const { privateKey, fingerprint } = await keyOf(region, trail.arn);
    const name = nameOf(chain);
    // When digests come faster than in AWS, two must not have the same key.
    const end = new Date(Math.max(Date.now(), (ends.get(name) ?? 0) + 1000));
    const place = { bucket: trail.bucket, key: digestKey(trail, account, region, end) };
    const files = [...chain.files];
    const content = JSON.stringify(contentOf({ ...chain, files }, end, place, fingerprint));
    const hash = createHash("sha256").update(content).digest("hex");
    const text = signedText(written(end), place, hash, previous?.signature ?? null);
    const signature = createSign("RSA-SHA256").update(text).sign(privateKey, "hex");
    await clients.s3.send(
      new PutObjectCommand({
        Bucket: place.bucket,
        Key: place.key,
        Body: await pack(content),
        ContentType: "application/json",
        ContentEncoding: "gzip",
        Metadata: { signature, "signature-algorithm": signatureAlgorithm },
      }),
    );
    ends.set(name, end.getTime());
    chain.previous = { ...place, hash, signature };
    chain.since = end;
    chain.files = chain.files.filter((file) => !files.includes(file));
    delete chain.failure;
  }

  async function putOrTell(chain: Chain): Promise<void> {
    try {
      await put(chain);
    } catch (error) {
      const cause = error as Error;
      if (chain.failure === cause.message) return;
      chain.failure = cause.message;
      const { trail, account, region } = chain;
      const what = `the digest of ${account} in ${region} for the trail ${trail.name} (s3://${trail.bucket})`;
      onError(new Error(`unable to deliver ${what}: ${cause.message}`, { cause }));
    }
  }

  async function endOfStopped(): Promise<void> {
    for (const [name, chain] of [...chains]) {
      const now = trails().find(({ arn }) => arn === chain.trail.arn);
      // A trail that was stopped and is logging again starts a new chain.
      if (isDigested(now) && now.stoppedAt === chain.stoppedAt) continue;
      chains.delete(name);
      // Whoever deleted the trail may have deleted its bucket and policies, too.
      if (now === undefined) await put(chain).catch((error) => isGoneOrRefused(error) || onError(error));
      else await putOrTell(chain);
    }
    begin();
  }

  function one(work: () => Promise<void>): Promise<void> {
    last = last.catch(() => {}).then(work);
    return last;
  }

  return {
    add(file) {
      if (file.trail.validates) chainOf(file.trail, file.account, file.region).files.push(file);
    },
    endStopped: () => one(endOfStopped),
    write: () =>
      one(async () => {
        await endOfStopped();
        for (const chain of chains.values()) await putOrTell(chain);
      }),
  };
}

function isGoneOrRefused(error: unknown): boolean {
  return (error as Error).name === "NoSuchBucket" || isRefusal(error);
}
