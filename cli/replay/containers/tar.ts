import { createContent } from "../content";
import { createByteReader } from "./byte-reader";
import type { Container } from "./container";

const blockBytes = 512;

/** Types of entries with content: ustar, old tar, contiguous. */
const files = ["0", "\0", "7"];
/** Links, devices, folders, pipes, and headers for all entries: nothing to read. */
const others = ["1", "2", "3", "4", "5", "6", "g", "K", "\0"];

/** tar: old, ustar, GNU and pax. */
export const tar: Container = {
  form: "tar",
  is: (head) => head.length >= blockBytes && isHeader(head),
  async *contents(content) {
    const bytes = createByteReader(content.open());
    /** What an extension header says about the entry after it. */
    let long: Partial<Record<"path" | "size", string>> = {};
    try {
      for (;;) {
        const header = await bytes.take(blockBytes);
        if (header.length === 0) return;
        if (header.length < blockBytes) throw new Error("its tar is cut off in a header");
        // Blocks of zeros are the end, after which another archive may begin.
        if (header.every((byte) => byte === 0)) continue;
        if (!isHeader(header)) throw new Error("its tar is broken: a header's checksum is wrong");
        const kind = String.fromCharCode(header[156] ?? 0);
        const size = long.size === undefined ? numberIn(header, 124, 12) : Number(long.size);
        const end = Math.ceil(size / blockBytes) * blockBytes;
        if (kind === "L" || kind === "x") {
          const own = (await bytes.take(end)).subarray(0, size);
          long = { ...long, ...(kind === "L" ? { path: textIn(own, 0, size) } : paxIn(own)) };
          continue;
        }
        let left = size;
        async function* chunks() {
          while (left > 0) {
            const chunk = await bytes.some(left);
            if (chunk.length === 0) throw new Error("its tar is cut off in this entry");
            left -= chunk.length;
            yield chunk;
          }
        }
        const name = `${content.name}!${long.path ?? nameIn(header)}`;
        long = {};
        if (files.includes(kind) && !name.endsWith("/")) yield createContent(name, chunks, { again: false });
        else if (!others.includes(kind))
          yield { name, refused: "a sparse or partial entry of a tar: unpack it first" };
        await bytes.skip(left + end - size);
      }
    } finally {
      await bytes.close();
    }
  },
};

/** A header's checksum is the sum of its bytes, with blanks in place of the checksum. */
function isHeader(block: Buffer): boolean {
  let sum = 8 * 0x20;
  for (let at = 0; at < blockBytes; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum > 8 * 0x20 && sum === numberIn(block, 148, 8);
}

/** Octal digits or, for large numbers, bytes. */
function numberIn(block: Buffer, at: number, length: number): number {
  if (((block[at] ?? 0) & 0x80) !== 0) return block.readUIntBE(at + length - 6, 6);
  return Number.parseInt(textIn(block, at, length).trim() || "0", 8);
}

function textIn(block: Buffer, at: number, length: number): string {
  const end = block.indexOf(0, at);
  return block.toString("utf8", at, end < 0 ? at + length : Math.min(end, at + length));
}

function nameIn(header: Buffer): string {
  const name = textIn(header, 0, 100);
  const prefix = header.toString("latin1", 257, 262) === "ustar" ? textIn(header, 345, 155) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** `27 path=a/long/name\n`, one after another. */
function paxIn(bytes: Buffer): { path?: string; size?: string } {
  const found: { path?: string; size?: string } = {};
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    const length = Number(bytes.toString("latin1", at, blank));
    if (blank < 0 || !(length > 0)) break;
    const [key, ...value] = bytes.toString("utf8", blank + 1, at + length - 1).split("=");
    if (key === "path" || key === "size") found[key] = value.join("=");
    at += length;
  }
  return found;
}
