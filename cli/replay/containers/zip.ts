import { constants, crc32, inflateRawSync } from "node:zlib";
import { type Content, contentOfBuffer, wholeOf } from "../content";
import { bzip2 } from "./bzip2";
import type { Container, Inside } from "./container";
import { zstd } from "./zstd";

const maxBytes = 1024 ** 3;
const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;
const endOfDirectory64 = 0x06064b50;

/**
 * zip, including Zip64. If it is cut off, the entries before the cut.
 *
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export const zip: Container = {
  form: "zip",
  is: (head) => head.length >= 4 && [localHeader, endOfDirectory].includes(head.readUInt32LE(0)),
  async *contents(content) {
    const bytes = await wholeOf(content, maxBytes);
    const { entries, problem } = entriesOf(bytes);
    if (entries.some(({ name }) => name === "xl/workbook.xml")) {
      yield { name: content.name, refused: "an Excel workbook: save its sheet as CSV" };
      return;
    }
    for (const entry of entries)
      if (!entry.name.endsWith("/")) yield await insideOf(bytes, entry, content.name);
    if (problem !== undefined) throw new Error(problem);
  },
};

interface Entry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  compressed: number;
  inflated: number;
  /** Offset of its local header. */
  at: number;
}

/** Compression methods, by zip's number. */
const methods: Record<number, string> = {
  1: "Shrink",
  6: "Implode",
  9: "Deflate64",
  14: "LZMA",
  95: "xz",
  96: "JPEG",
  98: "PPMd",
  99: "AES encryption",
};

async function insideOf(bytes: Buffer, entry: Entry, archive: string): Promise<Inside> {
  const name = `${archive}!${entry.name}`;
  try {
    return await contentOf(bytes, entry, name);
  } catch (error) {
    return { name, refused: `its zip entry is broken: ${(error as Error).message}` };
  }
}

async function contentOf(bytes: Buffer, entry: Entry, name: string): Promise<Inside> {
  if ((entry.flags & 1) !== 0)
    return { name, refused: "an encrypted zip entry: unpack it with its password" };
  const from = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  const stored = bytes.subarray(from, from + entry.compressed);
  if (stored.length < entry.compressed) throw new Error("it is cut off");
  if (entry.method === 0) return checked(contentOfBuffer(name, stored), stored, entry);
  if (entry.method === 8) {
    const inflated = inflateRawSync(stored, { maxOutputLength: maxBytes });
    return checked(contentOfBuffer(name, inflated), inflated, entry);
  }
  const other = { 12: bzip2, 93: zstd }[entry.method];
  if (other === undefined)
    return {
      name,
      refused: `a zip entry compressed with ${methods[entry.method] ?? `method ${entry.method}`}: unpack it first`,
    };
  for await (const inside of other.contents(contentOfBuffer(name, stored))) return inside;
  throw new Error("it is empty");
}

function checked(content: Content, inflated: Buffer, { crc }: Entry): Content {
  if (crc32(inflated) !== crc) throw new Error("its checksum is wrong");
  return content;
}

function entriesOf(bytes: Buffer): { entries: Entry[]; problem?: string } {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  try {
    if (end >= 0) return { entries: [...entriesInDirectory(bytes, end)] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return { entries: [...entriesByHeaders(bytes)], problem: "its zip is cut off: its directory is missing" };
}

/** The entries of the directory at the end of an archive. */
function* entriesInDirectory(bytes: Buffer, end: number): Generator<Entry> {
  let count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (at === 0xffffffff || count === 0xffff) {
    const end64 = bytes.lastIndexOf(Buffer.from("PK\x06\x06", "latin1"), end);
    if (end64 >= 0 && bytes.readUInt32LE(end64) === endOfDirectory64) {
      count = Number(bytes.readBigUInt64LE(end64 + 32));
      at = Number(bytes.readBigUInt64LE(end64 + 48));
    }
  }
  for (; count > 0; count -= 1) {
    if (bytes.readUInt32LE(at) !== centralHeader) throw new RangeError("not an entry of a directory");
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const entry: Entry = {
      name: nameOf(bytes.subarray(at + 46, nameEnd)),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      compressed: bytes.readUInt32LE(at + 20),
      inflated: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    };
    putLarge(entry, bytes.subarray(nameEnd, extraEnd));
    yield entry;
    at = extraEnd + bytes.readUInt16LE(at + 32);
  }
}

/** Zip64 puts numbers that are too large for their field into an extra field, in this order. */
function putLarge(entry: Entry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let from = at + 4;
    for (const field of ["inflated", "compressed", "at"] as const) {
      if (entry[field] !== 0xffffffff) continue;
      entry[field] = Number(extra.readBigUInt64LE(from));
      from += 8;
    }
  }
}

/** The entries in sequence, if the directory is missing. The last one may be cut off. */
function* entriesByHeaders(bytes: Buffer): Generator<Entry> {
  for (let at = 0; at + 30 <= bytes.length && bytes.readUInt32LE(at) === localHeader; ) {
    const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
    const from = nameEnd + bytes.readUInt16LE(at + 28);
    const entry: Entry = {
      name: nameOf(bytes.subarray(at + 30, nameEnd)),
      flags: bytes.readUInt16LE(at + 6),
      method: bytes.readUInt16LE(at + 8),
      crc: bytes.readUInt32LE(at + 14),
      compressed: bytes.readUInt32LE(at + 18),
      inflated: bytes.readUInt32LE(at + 22),
      at,
    };
    // Sizes that follow the entry are not known here.
    if ((entry.flags & 8) !== 0) putSizes(entry, bytes, from);
    yield entry;
    at = from + entry.compressed + ((entry.flags & 8) === 0 ? 0 : 16);
  }
}

/** Inflates an entry to learn where it ends. */
function putSizes(entry: Entry, bytes: Buffer, from: number): void {
  try {
    const { buffer, engine } = inflateRawSync(bytes.subarray(from), {
      info: true,
      maxOutputLength: maxBytes,
      finishFlush: constants.Z_SYNC_FLUSH,
    } as object) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    entry.compressed = engine.bytesWritten;
    entry.inflated = buffer.length;
    entry.crc = bytes.readUInt32LE(from + entry.compressed + 4);
  } catch {
    entry.compressed = bytes.length; // then it is reported as cut off
  }
}

function nameOf(bytes: Buffer): string {
  return bytes.toString("utf8");
}
