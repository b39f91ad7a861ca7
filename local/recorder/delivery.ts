import { createHash, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { PublishCommand } from "@aws-sdk/client-sns";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import type { WrittenFile } from "./digests";
import { asCloudTrail, type RootClients } from "./root-clients";
import { assertBucketLetsIn, assertTopicLetsIn, isRefusal } from "./service-policies";
import { folderOf, type Trail } from "./trails";

const pack = promisify(gzip);

/** Maximum records per file. */
const maxInFile = 5000;

/** Maximum records waiting for delivery, for all trails together. */
const maxWaiting = 200_000;

/** A delivery that reached its trail. */
export interface Delivered {
  bucket: string;
  keys: string[];
  records: number;
  /** When the notification was published, epoch ms; 0 if the trail has no topic. */
  notifiedAt: number;
}

export interface DeliveryOptions {
  clients: RootClients;
  /** 12 digits. */
  account: string;
  /** Whether a trail still exists, or exists again under its name. */
  exists(trail: Trail): boolean;
  /** Called for each log file once it is in its bucket. */
  onFile(file: WrittenFile): void;
  onDelivery(delivered: Delivered): void;
  onError(error: Error): void;
}

/** Delivers records to the buckets and topics of trails. */
export interface Delivery {
  add(trail: Trail, record: CloudTrailRecord): void;
  /** Delivers what waits. Failures are reported, kept and retried the next time. */
  deliver(): Promise<void>;
  /** The number of waiting records. */
  waiting(): number;
}

interface File extends Omit<WrittenFile, "trail"> {
  body: Buffer;
  isWritten: boolean;
}

/** The files of one notification. */
interface Batch {
  trail: Trail;
  files: File[];
  records: number;
  /** Why the last attempt failed; reported once. */
  failure?: string;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function randomText(length: number): string {
  return [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join("");
}

/**
 * The key of a log file.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-find-log-files.html
 */
export function logFileKey(
  trail: Pick<Trail, "prefix" | "organizationId">,
  account: string,
  region: string,
  at: Date,
): string {
  const stamp = at.toISOString().replace(/[-:]/g, "").slice(0, 13);
  const day = at.toISOString().slice(0, 10).replaceAll("-", "/");
  const folder = `${folderOf(trail, account)}/CloudTrail/${region}/${day}`;
  const name = `${account}_CloudTrail_${region}_${stamp}Z_${randomText(16)}.json.gz`;
  return `${folder}/${name}`;
}

function byRegion(records: CloudTrailRecord[]): CloudTrailRecord[][] {
  const regions = new Map<string, CloudTrailRecord[]>();
  for (const record of records) {
    const place = `${record.recipientAccountId} ${record.awsRegion}`;
    const same = regions.get(place);
    if (same) same.push(record);
    else regions.set(place, [record]);
  }
  return [...regions.values()].flatMap((all) => {
    const parts: CloudTrailRecord[][] = [];
    for (let i = 0; i < all.length; i += maxInFile) parts.push(all.slice(i, i + maxInFile));
    return parts;
  });
}

/** Whether the bucket or the topic is missing. */
function isGone(error: unknown): boolean {
  const name = (error as Error).name;
  return name === "NoSuchBucket" || name === "NotFoundException" || name === "NotFound";
}

/** Creates the delivery, which delivers only on {@link Delivery.deliver}. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { clients, account, exists, onFile, onDelivery, onError } = options;
  const fresh = new Map<string, { trail: Trail; records: CloudTrailRecord[] }>();
  const batches: Batch[] = [];
  let last: Promise<void> = Promise.resolve();

  function waiting(): number {
    let count = 0;
    for (const { records } of fresh.values()) count += records.length;
    for (const { records } of batches) count += records;
    return count;
  }

  async function packUp(): Promise<void> {
    const all = [...fresh.values()];
    fresh.clear();
    for (const { trail, records } of all) {
      const files: File[] = [];
      for (const part of byRegion(records)) files.push(await fileOf(trail, part));
      batches.push({ trail, files, records: records.length });
    }
  }

  async function fileOf(trail: Trail, part: CloudTrailRecord[]): Promise<File> {
    const region = part[0]?.awsRegion ?? trail.homeRegion;
    const json = JSON.stringify({ Records: part });
    const its = part[0]?.recipientAccountId ?? account;
    const times = part.map(({ eventTime }) => eventTime).sort();
    return {
      account: its,
      region,
      key: logFileKey(trail, its, region, new Date()),
      hash: createHash("sha256").update(json).digest("hex"),
      oldest: times[0] as string,
      newest: times.at(-1) as string,
      body: await pack(json),
      isWritten: false,
    };
  }

  async function write({ trail, files }: Batch): Promise<void> {
    for (const whose of new Set(files.map((file) => file.account)))
      await assertBucketLetsIn(clients, trail, account, "CloudTrail/", whose);
    for (const file of files) {
      if (file.isWritten) continue;
      await clients.s3.send(
        new PutObjectCommand({
          Bucket: trail.bucket,
          Key: file.key,
          Body: file.body,
          ContentType: "application/json",
          ContentEncoding: "gzip",
          ...(trail.kmsKeyId && { ServerSideEncryption: "aws:kms", SSEKMSKeyId: trail.kmsKeyId }),
        }),
      );
      file.isWritten = true;
      const { account: its, region, key, hash, oldest, newest } = file;
      onFile({ trail, account: its, region, key, hash, oldest, newest });
    }
  }

  async function notify({ trail, files }: Batch): Promise<void> {
    if (trail.topicArn === undefined) return;
    await assertTopicLetsIn(clients, trail, account);
    const message = { s3Bucket: trail.bucket, s3ObjectKey: files.map((file) => file.key) };
    await publish(clients, trail, JSON.stringify(message));
  }

  /** Whether the batch is done with. */
  async function deliver(batch: Batch): Promise<boolean> {
    const { trail } = batch;
    let notifiedAt = 0;
    try {
      await write(batch);
      if (trail.topicArn !== undefined) notifiedAt = Date.now();
      await notify(batch);
    } catch (error) {
      // Its owner deleted the trail, and then its policies and bucket: as in AWS, there is nobody left to notify.
      if (!exists(trail) && (isGone(error) || isRefusal(error))) return true;
      const cause = error as Error;
      if (batch.failure !== cause.message) {
        const what = `${batch.records} records for the trail ${trail.name} (s3://${trail.bucket})`;
        onError(new Error(`unable to deliver ${what}, will retry: ${cause.message}`, { cause }));
      }
      batch.failure = cause.message;
      return false;
    }
    const keys = batch.files.map((file) => file.key);
    onDelivery({ bucket: trail.bucket, keys, records: batch.records, notifiedAt });
    return true;
  }

  async function deliverAll(): Promise<void> {
    await packUp();
    for (const batch of [...batches]) {
      if (await deliver(batch)) batches.splice(batches.indexOf(batch), 1);
    }
    while (waiting() > maxWaiting && batches.length > 0) {
      const lost = batches.shift() as Batch;
      onError(
        new Error(
          `${lost.records} records for the trail ${lost.trail.name} are lost, because more than ${maxWaiting} are waiting. ` +
            `The last reason: ${lost.failure ?? "unknown"}.`,
        ),
      );
    }
  }

  return {
    add(trail, record) {
      const same = fresh.get(trail.arn);
      if (same) {
        same.trail = trail;
        same.records.push(record);
      } else fresh.set(trail.arn, { trail, records: [record] });
    },
    deliver() {
      last = last.catch(() => {}).then(deliverAll);
      return last;
    },
    waiting,
  };
}

/** Publishes in CloudTrail's place: policies see the trail's ARN as `aws:SourceArn`. */
async function publish(clients: RootClients, trail: Trail, message: string): Promise<void> {
  const region = trail.topicArn?.split(":")[3] ?? "";
  const command = new PublishCommand({ TopicArn: trail.topicArn, Message: message });
  command.middlewareStack.add(asCloudTrail(trail.arn), { step: "build", priority: "high" });
  await clients.sns(region).send(command);
}

/** What CloudTrail publishes when a trail gets a topic. */
export async function publishValidation(clients: RootClients, trail: Trail, account: string): Promise<void> {
  if (trail.topicArn === undefined) return;
  await assertTopicLetsIn(clients, trail, account);
  await publish(clients, trail, "CloudTrail validation message.");
}
