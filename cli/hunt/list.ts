import type { BatchFile } from "../../handlers/history/batch";
import { forEachAtMost } from "../../handlers/concurrency";

/** What to look for in a bucket with log files. */
export interface Wanted {
  bucket: string;
  /** The trail's prefix, which precedes `AWSLogs/`: `""`, or `audit/`. */
  prefix: string;
  /** Epoch ms: log files written from this moment on. */
  from: number;
  /** Epoch ms: log files written before this moment. */
  until: number;
  /** 12 digits each; none: all. */
  accounts: string[];
  /** None: all. */
  regions: string[];
}

/** One page of a listing. */
export interface ListPage {
  files: BatchFile[];
  /** With a delimiter: the folders directly below the prefix. */
  folders: string[];
  next?: string;
}

/** Lists objects of a bucket, one page at a time. */
export type ListPageOf = (input: {
  bucket: string;
  prefix: string;
  delimiter?: string;
  after?: string;
  token?: string;
}) => Promise<ListPage>;

/** The log files of a hunt. */
export interface Listing {
  /** In the order in which S3 lists them. */
  files: BatchFile[];
  accounts: number;
  regions: number;
  /** Requests made to list them, each of which costs. */
  requests: number;
}

/** Folders listed concurrently. */
const atATime = 8;

/** More files than these would need more memory than Node has by default. */
export const maxFiles = 3_000_000;

/**
 * Lists the log files of the accounts, regions and days. Their keys begin with `AWSLogs/<account>/CloudTrail/<region>/`, or
 * `AWSLogs/<organization>/<account>/…`, and go on with the day, so that only these days are listed.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 *
 * @throws Error if there are too many
 */
export async function listLogFiles(
  wanted: Wanted,
  list: ListPageOf,
  progress: (files: number) => void = () => {},
): Promise<Listing> {
  const { bucket } = wanted;
  let requests = 0;
  let found = 0;
  const page = (input: Omit<Parameters<ListPageOf>[0], "bucket">) => {
    requests++;
    return list({ bucket, ...input });
  };
  const foldersOf = async (prefix: string): Promise<string[]> => {
    const folders: string[] = [];
    let token: string | undefined;
    do {
      const { folders: more, next } = await page({
        prefix,
        delimiter: "/",
        ...(token === undefined ? {} : { token }),
      });
      folders.push(...more);
      token = next;
    } while (token !== undefined);
    return folders;
  };
  const filesOf = async (folder: string): Promise<BatchFile[]> => {
    const files: BatchFile[] = [];
    const last = `${folder}${dayPathOf(wanted.until)}\uffff`;
    let token: string | undefined;
    do {
      const start = token === undefined ? { after: `${folder}${dayPathOf(wanted.from)}` } : { token };
      const { files: more, next } = await page({ prefix: folder, ...start });
      const those = more.filter(([key]) => key <= last);
      for (const file of those) if (isWrittenInTime(file, folder, wanted)) files.push(file);
      token = those.length < more.length ? undefined : next;
      found += those.length;
      if (found > maxFiles) throw tooManyFiles();
      progress(found);
    } while (token !== undefined);
    return files;
  };

  const accounts = (await accountFolders(`${wanted.prefix}AWSLogs/`, foldersOf)).filter((folder) =>
    isOneOf(wanted.accounts, lastOf(folder)),
  );
  const regions = (await settled(accounts, (folder) => foldersOf(`${folder}CloudTrail/`))).flat();
  const hunted = regions.filter((folder) => isOneOf(wanted.regions, lastOf(folder))).sort();
  const files = (await settled(hunted, filesOf)).flat();
  return { files, accounts: accounts.length, regions: hunted.length, requests };
}

/** The folders of accounts, which an organization's trail has in a folder of the organization. */
async function accountFolders(
  folder: string,
  foldersOf: (prefix: string) => Promise<string[]>,
): Promise<string[]> {
  const folders = await foldersOf(folder);
  const organizations = folders.filter((one) => /^o-[a-z0-9]+$/.test(lastOf(one)));
  const accounts = folders.filter((one) => /^\d{12}$/.test(lastOf(one)));
  return [...accounts, ...(await settled(organizations, foldersOf)).flat()];
}

/** The error for more than {@link maxFiles}. */
export function tooManyFiles(): Error {
  return new Error(
    `expected at most ${maxFiles.toLocaleString("en")} log files in one hunt, found more: hunt one account, region or month after another`,
  );
}

/**
 * Whether a file in a region's folder is a log file written in the time of the hunt. Its name says when; a file without a time
 * counts by its day.
 */
export function isWrittenInTime([key, bytes]: BatchFile, folder: string, { from, until }: Wanted): boolean {
  // The console creates empty objects as folders.
  if (bytes === 0 && key.endsWith("/")) return false;
  const [, year, month, day] = /^(\d{4})\/(\d{2})\/(\d{2})\//.exec(key.slice(folder.length)) ?? [];
  if (day === undefined) return false;
  const [, hour, minute] = /_\d{8}T(\d{2})(\d{2})Z_[^/]*$/.exec(key) ?? [];
  const startOfDay = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  if (hour === undefined) return startOfDay + dayMs > from && startOfDay < until;
  const written = startOfDay + (Number(hour) * 60 + Number(minute)) * 60_000;
  return written >= from && written < until;
}

const dayMs = 86_400_000;

/** `2026/05/04/` */
function dayPathOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 10).replaceAll("-", "/")}/`;
}

/** The name of a folder: what is between its last two slashes. */
function lastOf(folder: string): string {
  return folder.split("/").at(-2) ?? "";
}

/** Whether an account or region is asked for. @param names none: all */
export function isOneOf(names: string[], name: string): boolean {
  return names.length === 0 || names.includes(name);
}

/** The results in the order of the items. @throws the first error */
async function settled<Item, Result>(
  items: Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  return (await forEachAtMost(atATime, items, work)).map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}
