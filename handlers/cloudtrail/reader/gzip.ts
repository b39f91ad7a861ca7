import { pipeline } from "node:stream/promises";
import { createGunzip, gunzipSync, type ZlibOptions } from "node:zlib";

/** Puts the text of a log file, chunk by chunk; rejects when its content does, or is broken. */
export type Feed = (content: AsyncIterable<Uint8Array>, put: (chunk: Uint8Array) => void) => Promise<void>;

/** Chunks of this size stay in the processor's cache; smaller ones cost more in hand-overs between threads. */
const chunkBytes = 256 * 1024;

/** At the end of each piece of gzip a chunk is cut short, and another one is waited for. */
const pieceBytes = 1024 ** 2;

/** Such a log file is inflated in one go: a stream costs ten times as much as its few records. */
const smallBytes = 64 * 1024;

/** 64 KiB of gzip cannot hold more. */
const maxInflatedSmallBytes = 128 * 1024 ** 2;

/** Puts what is inflated already. */
export const feedInflated: Feed = (content, put) =>
  pipeline(content, async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) put(chunk);
  });

/** Puts what it inflates; a large file in another thread, ahead of who looks at the chunks. */
export const feedGzip: Feed = async (content, put) => {
  const beginning = await beginningOf(content);
  if (beginning.small === undefined) {
    // A stream's option, left out of the type of zlib's options.
    const options: ZlibOptions & { highWaterMark: number } = {
      chunkSize: chunkBytes,
      highWaterMark: 4 * chunkBytes,
    };
    await pipeline(beginning.all, createGunzip(options), async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) put(chunk);
    });
  } else if (beginning.small.length > 0) {
    const inflated = gunzipSync(beginning.small, { maxOutputLength: maxInflatedSmallBytes });
    for (let at = 0; at < inflated.length; at += chunkBytes) put(inflated.subarray(at, at + chunkBytes));
  }
};

/** Reads on until there is more than a small file has, or no more: then that is `small`; else `all` begins anew, in pieces. */
async function beginningOf(
  content: AsyncIterable<Uint8Array>,
): Promise<{ small: Buffer } | { small?: undefined; all: AsyncIterable<Uint8Array> }> {
  const chunks = content[Symbol.asyncIterator]();
  let piece: Uint8Array[] = [];
  let length = 0;
  while (length <= smallBytes) {
    const { done, value } = await chunks.next();
    if (done) return { small: Buffer.concat(piece) };
    piece.push(value);
    length += value.length;
  }
  async function* all() {
    for await (const chunk of { [Symbol.asyncIterator]: () => chunks }) {
      piece.push(chunk);
      length += chunk.length;
      if (length < pieceBytes) continue;
      yield Buffer.concat(piece);
      piece = [];
      length = 0;
    }
    yield Buffer.concat(piece);
  }
  return { all: all() };
}
