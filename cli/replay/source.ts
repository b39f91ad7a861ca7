import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ListedObject } from "./s3";

/** Where records are: a file, or an object in S3. */
export type Source =
  | { kind: "file"; path: string; bytes: number }
  | { kind: "s3"; bucket: string; key: string; bytes: number };

/** A path that cannot be read, and why. */
export interface Unreadable {
  kind: "unreadable";
  name: string;
  reason: string;
}

/** What people know a source by, and what stands in a finding. */
export function nameOfSource(source: Source): string {
  return source.kind === "file" ? source.path : `s3://${source.bucket}/${source.key}`;
}

/** `s3://bucket/prefix` in two, or nothing for another path. */
export function s3PathOf(path: string): { bucket: string; prefix: string } | undefined {
  const parts = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(path);
  return parts?.[1] === undefined ? undefined : { bucket: parts[1], prefix: parts[2] ?? "" };
}

/**
 * What is to be read for the paths that were given, in their order; folders and prefixes in the order of names. In
 * these only `.json` and `.json.gz` are read; digests and insights, which hold no records of calls, are passed over.
 */
export async function* sourcesOf(
  paths: string[],
  listObjects: (bucket: string, prefix: string) => AsyncIterable<ListedObject>,
): AsyncGenerator<Source | Unreadable> {
  for (const path of paths) {
    try {
      const s3 = s3PathOf(path);
      if (s3 !== undefined) yield* objectsUnder(s3.bucket, s3.prefix, listObjects);
      else if (path.startsWith("s3://")) yield unreadable(path, "expected s3://bucket/prefix");
      else {
        const found = await stat(path);
        if (found.isDirectory()) yield* filesUnder(path);
        else if (found.isFile()) yield { kind: "file", path, bytes: found.size };
        else yield unreadable(path, "expected a file or a folder");
      }
    } catch (error) {
      yield unreadable(path, reasonOf(error));
    }
  }
}

async function* objectsUnder(
  bucket: string,
  prefix: string,
  listObjects: (bucket: string, prefix: string) => AsyncIterable<ListedObject>,
): AsyncGenerator<Source | Unreadable> {
  let found = 0;
  for await (const { key, bytes } of listObjects(bucket, prefix)) {
    found++;
    if (isLogFileName(key)) yield { kind: "s3", bucket, key, bytes };
  }
  if (found === 0) yield unreadable(`s3://${bucket}/${prefix}`, "expected objects, found none");
}

async function* filesUnder(folder: string): AsyncGenerator<Source | Unreadable> {
  let entries: Awaited<ReturnType<typeof readEntries>>;
  try {
    entries = await readEntries(folder);
  } catch (error) {
    yield unreadable(folder, reasonOf(error));
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (isLogFileName(path)) {
      try {
        const found = await stat(path);
        if (found.isFile()) yield { kind: "file", path, bytes: found.size };
      } catch (error) {
        yield unreadable(path, reasonOf(error));
      }
    }
  }
}

async function readEntries(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a name below a folder or prefix is that of a log file. */
export function isLogFileName(name: string): boolean {
  return /\.json(?:\.gz)?$/i.test(name) && !/(?:^|[/\\_])CloudTrail-(?:Digest|Insight)[/\\_]/.test(name);
}

function unreadable(name: string, reason: string): Unreadable {
  return { kind: "unreadable", name, reason };
}

/** Why something could not be read, without the name, which is told beside it. */
export function reasonOf(error: unknown): string {
  const { code, message, name } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOENT: "there is no such file or folder",
    EACCES: "it may not be read",
    EISDIR: "it is a folder",
    CredentialsProviderError: "there are no AWS credentials",
  };
  return known[code ?? ""] ?? known[name] ?? message ?? String(error);
}
