import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import type { BatchFile } from "../../handlers/history/batch";
import { fieldsOf, listOf, textOf } from "../../handlers/json";
import { createCsv } from "../replay/text/csv";
import { isOneOf, isWrittenInTime, type Listing, maxFiles, tooManyFiles, type Wanted } from "./list";

/** The log files of a hunt, from an inventory. */
export interface InventoryListing extends Listing {
  /** When S3 made it, epoch ms: it has no later files. */
  madeAt: number;
  /** Objects that it lists. */
  objects: number;
  /** Objects that the hunt does not read, by what they are. */
  leftOut: Map<string, number>;
}

/** Opens an object. */
export type OpenObject = (bucket: string, key: string) => Promise<AsyncIterable<Uint8Array>>;

/** What is left out, for people. */
const reasons = {
  versions: "older versions and delete markers",
  bucket: "in another bucket",
  others: "other than log files below the prefix",
  account: "of other accounts",
  region: "of other regions",
  time: "of other times",
};

/** Bytes of a manifest: S3 writes one entry for a file with a million objects. */
const maxManifestBytes = 16 * 1024 ** 2;

/** One file of an inventory. */
interface InventoryFile {
  key: string;
  md5: string;
}

/** What the manifest says. */
interface Manifest {
  /** The bucket with the files of the inventory. */
  bucket: string;
  madeAt: number;
  /** Positions of the columns that are needed. */
  columns: Record<"key" | "size", number> & Partial<Record<"bucket" | "isLatest" | "isDeleteMarker", number>>;
  files: InventoryFile[];
}

/** The bucket and key of `s3://bucket/key`. @throws Error for anything else */
export function inventoryPlaceOf(address: string): { bucket: string; key: string } {
  const [, bucket, key] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)\/(.+)$/.exec(address) ?? [];
  if (bucket === undefined || key === undefined || !key.endsWith("manifest.json"))
    throw new Error(`expected s3://bucket/path/manifest.json, found ${JSON.stringify(address)}`);
  return { bucket, key };
}

/**
 * The log files of the accounts, regions and days by an inventory of S3, which saves listing a large bucket. They are the files
 * that {@link listLogFiles} lists, in the same order, as of the time of the inventory.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
 *
 * @throws Error if it is none of the bucket, lacks what is needed, or is damaged
 */
export async function listInventory(
  wanted: Wanted,
  address: string,
  open: OpenObject,
  progress: (files: number) => void = () => {},
): Promise<InventoryListing> {
  const { bucket, key } = inventoryPlaceOf(address);
  const text = await textOfObject(await open(bucket, key), address);
  const manifest = manifestIn(text, wanted.bucket, address);
  const files: BatchFile[] = [];
  const leftOut = new Map<string, number>();
  const accounts = new Set<string>();
  const regions = new Set<string>();
  let objects = 0;

  const take = (cells: string[], place: string): void => {
    objects++;
    const object = objectIn(cells, manifest, place);
    const seen = object === undefined ? { reason: reasons.versions } : judged(object, wanted);
    if ("reason" in seen) {
      leftOut.set(seen.reason, (leftOut.get(seen.reason) ?? 0) + 1);
      return;
    }
    files.push(seen.file);
    accounts.add(seen.account);
    regions.add(seen.folder);
    if (files.length > maxFiles) throw tooManyFiles();
  };
  for (const file of manifest.files) {
    const place = `s3://${manifest.bucket}/${file.key}`;
    await readRows(await open(manifest.bucket, file.key), file, place, (cells) => take(cells, place));
    progress(files.length);
  }
  files.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    files,
    accounts: accounts.size,
    regions: regions.size,
    requests: 1 + manifest.files.length,
    madeAt: manifest.madeAt,
    objects,
    leftOut,
  };
}

async function textOfObject(chunks: AsyncIterable<Uint8Array>, address: string): Promise<string> {
  const all: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxManifestBytes)
      throw new Error(`expected a manifest of at most ${maxManifestBytes} bytes at ${address}, found more`);
    all.push(chunk);
  }
  return Buffer.concat(all).toString("utf8");
}

/** @throws Error that says what was expected and found */
function manifestIn(text: string, logBucket: string, address: string): Manifest {
  const expected = (what: string, found: unknown) =>
    new Error(`expected ${what} in ${address}, found ${JSON.stringify(found ?? null)}`);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw expected("the manifest of an S3 inventory, as JSON", text.slice(0, 100));
  }
  const { sourceBucket, destinationBucket, creationTimestamp, fileFormat, fileSchema, files } =
    fieldsOf(given);
  if (sourceBucket !== logBucket)
    throw expected(`an inventory of the bucket ${logBucket} (sourceBucket)`, sourceBucket);
  if (fileFormat !== "CSV")
    throw expected("fileFormat CSV; configure the inventory with it, not ORC or Parquet,", fileFormat);
  const [, bucket] =
    /^arn:aws[a-z-]*:s3:::([a-z0-9][a-z0-9.-]+)$/.exec(textOf(destinationBucket) ?? "") ?? [];
  if (bucket === undefined) throw expected("the ARN of a bucket as destinationBucket", destinationBucket);
  const madeAt = Number(textOf(creationTimestamp));
  if (!(madeAt > 0)) throw expected("epoch milliseconds as creationTimestamp", creationTimestamp);
  return {
    bucket,
    madeAt,
    columns: columnsIn(textOf(fileSchema) ?? "", expected),
    files: listOf(files).map((one) => {
      const { key, MD5checksum } = fieldsOf(one);
      const md5 = (textOf(MD5checksum) ?? "").toLowerCase();
      if (textOf(key) === undefined || !/^[0-9a-f]{32}$/.test(md5))
        throw expected("files with key and MD5checksum", one);
      return { key: String(key), md5 };
    }),
  };
}

function columnsIn(schema: string, expected: (what: string, found: unknown) => Error): Manifest["columns"] {
  const names = schema.split(",").map((name) => name.trim());
  const at = (name: string) => names.indexOf(name);
  for (const name of ["Key", "Size"])
    if (at(name) < 0) throw expected(`the field ${name} in fileSchema; add it to the inventory`, schema);
  const maybe = { bucket: at("Bucket"), isLatest: at("IsLatest"), isDeleteMarker: at("IsDeleteMarker") };
  return {
    key: at("Key"),
    size: at("Size"),
    ...Object.fromEntries(Object.entries(maybe).filter(([, position]) => position >= 0)),
  };
}

/** An object of an inventory. */
interface InventoryObject {
  bucket: string | undefined;
  key: string;
  bytes: number;
}

/** @returns undefined for an older version, or a delete marker @throws Error for a row without a size */
function objectIn(cells: string[], { columns }: Manifest, place: string): InventoryObject | undefined {
  const cell = (column: number | undefined) => (column === undefined ? undefined : cells[column]);
  if (cell(columns.isLatest) === "false" || cell(columns.isDeleteMarker) === "true") return undefined;
  const size = cell(columns.size) ?? "";
  const key = cell(columns.key) ?? "";
  if (!/^\d+$/.test(size) || key === "")
    throw new Error(`expected rows with a key and a size in ${place}, found ${JSON.stringify(cells)}`);
  return { bucket: cell(columns.bucket), key: decoded(key), bytes: Number(size) };
}

/** S3 encodes keys in inventories of CSV like in a URL. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return key;
  }
}

/** Whether the hunt reads an object, and why not. */
function judged(
  { bucket, key, bytes }: InventoryObject,
  wanted: Wanted,
): { file: BatchFile; account: string; folder: string } | { reason: string } {
  if (bucket !== undefined && bucket !== wanted.bucket) return { reason: reasons.bucket };
  const start = `${wanted.prefix}AWSLogs/`;
  const rest = key.startsWith(start) ? key.slice(start.length) : "";
  const [folder, account = "", region = ""] =
    /^(?:o-[a-z0-9]+\/)?(\d{12})\/CloudTrail\/([^/]+)\//.exec(rest) ?? [];
  if (folder === undefined) return { reason: reasons.others };
  if (!isOneOf(wanted.accounts, account)) return { reason: reasons.account };
  if (!isOneOf(wanted.regions, region)) return { reason: reasons.region };
  const file: BatchFile = [key, bytes];
  if (!isWrittenInTime(file, `${start}${folder}`, wanted)) return { reason: reasons.time };
  return { file, account, folder };
}

/** Reads a file of the inventory: CSV in gzip. @throws Error if its checksum is another one */
async function readRows(
  content: AsyncIterable<Uint8Array>,
  { md5 }: InventoryFile,
  place: string,
  onRow: (cells: string[]) => void,
): Promise<void> {
  const hash = createHash("md5");
  const decoder = new StringDecoder("utf8");
  const csv = createCsv({ delimiter: ",", escape: '"' }, onRow);
  async function* hashed() {
    for await (const chunk of content) {
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await pipeline(hashed, createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) csv.put(decoder.write(chunk));
    });
    csv.end();
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith("Z_")) throw error;
    throw new Error(`expected CSV in gzip at ${place}: ${(error as Error).message}`, { cause: error });
  }
  const found = hash.digest("hex");
  if (found !== md5) throw new Error(`expected the MD5 ${md5} of ${place}, found ${found}`);
}

/** What an inventory has and the hunt leaves out, for people. */
export function inventoryLines(
  { madeAt, objects, files, leftOut }: InventoryListing,
  until: number,
): string[] {
  const number = (value: number) => value.toLocaleString("en");
  const others = [...leftOut].map(([reason, count]) => `${number(count)} ${reason}`);
  const made = new Date(madeAt).toISOString();
  return [
    `inventory of ${made}: ${number(objects)} objects, ${number(files.length)} of them to read${others.length === 0 ? "" : `; left out: ${others.join(", ")}`}`,
    ...(until > madeAt ? [`log files written after ${made} are not in it`] : []),
  ];
}
