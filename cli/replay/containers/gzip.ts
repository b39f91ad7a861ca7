import { crc32, createInflateRaw, gunzipSync, type InflateRaw } from "node:zlib";
import { isGzip } from "../../../handlers/history/log-file";
import { createContent } from "../content";
import { type ByteReader, createByteReader } from "./byte-reader";
import type { Container } from "./container";

/** gzip, of one member or several: `cat *.gz`. */
export const gzip: Container = {
  form: "gzip",
  is: isGzip,
  async *contents(content) {
    yield createContent(content.name, () => inflated(content.open()), { again: content.again });
  },
};

/** @throws if it is broken, or inflates to more than `maxBytes` */
export function inflatedWhole(bytes: Buffer, maxBytes: number): Buffer {
  return gunzipSync(bytes, { maxOutputLength: maxBytes });
}

/**
 * Inflates member by member. A `zlib` stream does so, too, but loses what it has inflated when it meets something broken,
 * and skips everything after zeros.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc1952
 */
async function* inflated(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const bytes = createByteReader(chunks);
  try {
    do {
      await skipHeader(bytes);
      yield* inflatedMember(bytes);
    } while (await isNextMember(bytes));
  } finally {
    await bytes.close();
  }
}

async function* inflatedMember(bytes: ByteReader): AsyncGenerator<Buffer> {
  const inflate = createInflate();
  let crc = 0;
  let length = 0;
  try {
    for (let isEnd = false; !isEnd; ) {
      // Small pieces, because each may inflate to a thousand times its size, all of which waits here.
      const piece = await bytes.some(16 * 1024);
      if (piece.length === 0) throw broken("it is cut off");
      const { used, out } = await inflate.put(piece);
      bytes.putBack(piece.subarray(used));
      isEnd = used < piece.length;
      for (const chunk of out) {
        crc = crc32(chunk, crc);
        length = (length + chunk.length) % 2 ** 32;
        yield chunk;
      }
    }
  } finally {
    inflate.close();
  }
  const trailer = await bytes.take(8);
  if (trailer.length < 8) throw broken("it is cut off");
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== length)
    throw broken("its checksum is wrong");
}

/** Inflates piece by piece; a piece that was not used completely is the last one. */
function createInflate() {
  const stream: InflateRaw = createInflateRaw({ chunkSize: 256 * 1024 });
  const out: Buffer[] = [];
  let fail: (error: Error) => void = () => {};
  stream.on("data", (chunk: Buffer) => out.push(chunk));
  stream.on("error", (error) => fail(broken(error.message)));
  return {
    async put(piece: Buffer): Promise<{ used: number; out: Buffer[] }> {
      const before = stream.bytesWritten;
      await new Promise<void>((resolve, reject) => {
        fail = reject;
        stream.write(piece, () => resolve());
      });
      return { used: stream.bytesWritten - before, out: out.splice(0) };
    },
    close: () => stream.destroy(),
  };
}

async function skipHeader(bytes: ByteReader): Promise<void> {
  const header = await bytes.take(10);
  if (header.length < 10) throw broken("it is cut off");
  const flags = header[3] as number;
  if ((flags & 4) !== 0) {
    const extra = await bytes.take(2);
    await bytes.skip(extra.length < 2 ? 0 : extra.readUInt16LE());
  }
  // A name and a comment, each terminated by a zero.
  for (const flag of [8, 16]) if ((flags & flag) !== 0) while (((await bytes.take(1))[0] ?? 0) !== 0);
  if ((flags & 2) !== 0) await bytes.skip(2);
}

/** Whether another member follows; zeros between them are padding. */
async function isNextMember(bytes: ByteReader): Promise<boolean> {
  for (;;) {
    const piece = await bytes.some(64 * 1024);
    if (piece.length === 0) return false;
    const at = piece.findIndex((byte) => byte !== 0);
    if (at < 0) continue;
    bytes.putBack(piece.subarray(at));
    const magic = await bytes.take(3);
    bytes.putBack(magic);
    if (!isGzip(magic)) throw broken("other bytes follow its end");
    return true;
  }
}

function broken(why: string): Error {
  return new Error(`its gzip is broken: ${why}`);
}
