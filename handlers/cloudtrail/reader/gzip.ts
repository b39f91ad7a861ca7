import { pipeline } from "node:stream/promises";
import { createGunzip, gunzipSync, type ZlibOptions } from "node:zlib";

/** Takes a chunk. The next one must wait for what it returns. */
export type Put = (chunk: Uint8Array) => Promise<void> | undefined;

/** Passes the text of a log file on in chunks. Rejects if the content does, or if its gzip is broken. */
export type Feed = (content: AsyncIterable<Uint8Array>, put: Put) => Promise<void>;

/** Chunks that arrive on demand, or that are in memory. */
type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Chunks of this size stay in the processor's cache; smaller ones cost more to pass between threads. */
const chunkBytes = 256 * 1024;

/** Each piece of gzip ends with a short chunk and a wait, so pieces are large. */
const pieceBytes = 1024 ** 2;

/** A log file up to this size is inflated in one call: a stream would cost ten times as much as its few records. */
const smallBytes = 16 * 1024;

/** Content that inflates to more is not held in memory, however small it is. */
const maxInflatedSmallBytes = 8 * 1024 ** 2;

/** For content that is not compressed. */
export const feedInflated: Feed = (content, put) => feedChunks(content, put);

/** Inflates the content; a large file in another thread, ahead of the consumer. */
export const feedGzip: Feed = async (content, put) => {
  const beginning = await beginningOf(content);
  if (beginning.small === undefined) return feedStream(beginning.all, put);
  const inflated = inflatedAtOnce(beginning.small);
  if (inflated === undefined) return feedStream(piecesOf(beginning.small), put);
  await feedChunks(piecesOf(inflated), put);
  createFree()(inflated.buffer as ArrayBuffer);
};

async function feedStream(content: Chunks, put: Put): Promise<void> {
  // The type of zlib's options lacks those for streams.
  const options: ZlibOptions & { highWaterMark: number } = {
    chunkSize: chunkBytes,
    highWaterMark: 4 * chunkBytes,
  };
  const free = createFree();
  let last = new ArrayBuffer(0);
  await pipeline(content, createGunzip(options), (chunks: AsyncIterable<Uint8Array>) =>
    feedChunks(chunks, (chunk) => {
      const room = put(chunk);
      last = chunk.buffer as ArrayBuffer;
      // zlib fills a buffer to its end, then takes another.
      if (chunk.byteOffset + chunk.byteLength === last.byteLength) free(last);
      return room;
    }),
  );
  free(last);
}

/**
 * Creates what frees the memory of chunks that have been read. The garbage collector would run once for every few of them,
 * which takes as long as inflating.
 */
function createFree(): (buffer: ArrayBuffer) => void {
  let closed: MessagePort | undefined;
  const createClosed = () => {
    const { port1 } = new MessageChannel();
    port1.close();
    return port1;
  };
  return (buffer) => {
    // Smaller ones may be Node's own, which hold more than this.
    if (buffer.byteLength < chunkBytes) return;
    closed ??= createClosed();
    // What is transferred to a closed port is gone.
    closed.postMessage(null, [buffer]);
  };
}

async function feedChunks(chunks: Chunks, put: Put): Promise<void> {
  for await (const chunk of chunks) {
    const room = put(chunk);
    if (room !== undefined) await room;
  }
}

/** The text of a small file; undefined if it is too large to hold. */
function inflatedAtOnce(small: Buffer): Buffer | undefined {
  if (small.length === 0) return small;
  try {
    return gunzipSync(small, { maxOutputLength: maxInflatedSmallBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw error;
  }
}

function* piecesOf(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

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
