import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ListedObject } from "./s3";

/** A source of records: a file, an object in S3, or standard input. */
export type Source = (
  | { kind: "file"; path: string; isStream?: boolean }
  | { kind: "s3"; bucket: string; key: string }
  | { kind: "stdin" }
) & {
  /** 0 if unknown. */
  bytes: number;
  /** Whether a person named it; if not, it was found in a folder or below a prefix. */
  isNamed?: boolean;
};

/** A path that cannot be read, and why. */
export interface Unreadable {
  kind: "unreadable";
  name: string;
  reason: string;
}

/** The name of a source for people and in findings. */
export function nameOfSource(source: Source): string {
  if (source.kind === "stdin") return "-";
  return source.kind === "file" ? source.path : `s3://${source.bucket}/${source.key}`;
}

/** `s3://bucket/prefix`, split; undefined for another path. */
export function s3PathOf(path: string): { bucket: string; prefix: string } | undefined {
  const parts = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(path);
  return parts?.[1] === undefined ? undefined : { bucket: parts[1], prefix: parts[2] ?? "" };
}

/**
 * The sources of the given paths, in their order; those in folders and below prefixes in the order of their names. A file's
 * content decides what it is, not its name, so all of them are read.
 */
export async function* sourcesOf(
  paths: string[],
  listObjects: (bucket: string, prefix: string) => AsyncIterable<ListedObject>,
): AsyncGenerator<Source | Unreadable> {
  for (const path of paths) {
    try {
      const s3 = s3PathOf(path);
      if (path === "-") yield { kind: "stdin", bytes: 0, isNamed: true };
      else if (s3 !== undefined) yield* objectsUnder(s3.bucket, s3.prefix, listObjects);
      else if (path.startsWith("s3://")) yield unreadable(path, "expected s3://bucket/prefix");
      else yield* filesOf(path);
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
    // The console creates these as folders.
    if (key.endsWith("/") && bytes === 0) continue;
    found++;
    yield { kind: "s3", bucket, key, bytes, isNamed: key === prefix };
  }
  if (found === 0) yield unreadable(`s3://${bucket}/${prefix}`, "expected objects, found none");
}

async function* filesOf(path: string): AsyncGenerator<Source | Unreadable> {
  const found = await stat(path);
  if (found.isDirectory()) {
    let files = 0;
    for await (const source of filesUnder(path, new Set())) {
      files++;
      yield source;
    }
    if (files === 0) yield unreadable(path, "expected files in this folder, found none");
  } else if (found.isFile()) yield { kind: "file", path, bytes: found.size, isNamed: true };
  // `<(zcat …)` and /dev/stdin.
  else if (found.isFIFO() || found.isCharacterDevice())
    yield { kind: "file", path, isStream: true, bytes: 0, isNamed: true };
  else yield unreadable(path, "expected a file or a folder");
}

/** @param above the folders being traversed: a link back to one of them is not followed */
async function* filesUnder(folder: string, above: Set<string>): AsyncGenerator<Source | Unreadable> {
  let names: string[];
  const place = await placeOf(folder);
  if (above.has(place)) return;
  try {
    names = (await readdir(folder)).sort();
  } catch (error) {
    yield unreadable(folder, reasonOf(error));
    return;
  }
  for (const name of names) {
    const path = join(folder, name);
    try {
      const found = await stat(path);
      if (found.isDirectory()) yield* filesUnder(path, new Set([...above, place]));
      else if (found.isFile()) yield { kind: "file", path, bytes: found.size, isNamed: false };
      else yield unreadable(path, "expected a file or a folder, found a pipe, a socket or a device");
    } catch (error) {
      yield unreadable(path, reasonOf(error));
    }
  }
}

async function placeOf(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder);
  return `${dev}:${ino}`;
}

function unreadable(name: string, reason: string): Unreadable {
  return { kind: "unreadable", name, reason };
}

/** Why something could not be read, without its name, which is shown beside it. */
export function reasonOf(error: unknown): string {
  const { code, message, name } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOENT: "no such file or folder",
    EACCES: "permission denied",
    EISDIR: "it is a folder",
    ELOOP: "it is a link that leads back to itself",
    CredentialsProviderError: "no AWS credentials found",
  };
  return known[code ?? ""] ?? known[name] ?? message ?? String(error);
}
