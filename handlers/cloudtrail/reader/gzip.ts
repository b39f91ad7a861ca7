import { pipeline } from "node:stream/promises";
import { createGunzip, gunzipSync, type ZlibOptions } from "node:zlib";

/** Passes the text of a log file on in chunks. Rejects if the content does, or if its gzip is broken. */
export type Feed = (content: AsyncIterable<Uint8Array>, put: (chunk: Uint8Array) => void) => Promise<void>;

/** Chunks of this size stay in the processor's cache; smaller ones cost more to pass between threads. */
const chunkBytes = 256 * 1024;

/** Each piece of gzip ends with a short chunk and a wait, so pieces are large. */
const pieceBytes = 1024 ** 2;

/** A log file up to this size is inflated in one call: a stream would cost ten times as much as its few records. */
const smallBytes = 64 * 1024;

/** More than 64 KiB of gzip can inflate to. */
const maxInflatedSmallBytes = 128 * 1024 ** 2;

/** For content that is not compressed. */
export const feedInflated: Feed = async (content, put) => {
  for await (const chunk of content) put(chunk);
};

/** Inflates the content; a large file in another thread, ahead of the consumer. */
export const feedGzip: Feed = async (content, put) => {
  const beginning = await beginningOf(content);
  if (beginning.small === undefined) {
    // The type of zlib's options lacks those of streams.
    const options: ZlibOptions & { highWaterMark: number } = {
      chunkSize: chunkBytes,
      highWaterMark: 4 * chunkBytes,
    };
    await pipeline(beginning.all, createGunzip(options), (chunks: AsyncIterable<Uint8Array>) =>
      feedInflated(chunks, put),
    );
  } else if (beginning.small.length > 0) {
    const inflated = gunzipSync(beginning.small, { maxOutputLength: maxInflatedSmallBytes });
    for (let at = 0; at < inflated.length; at += chunkBytes) put(inflated.subarray(at, at + chunkBytes));
  }
};

/** The whole content if it is `small`; else `all` of it from the beginning, in pieces. */
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
