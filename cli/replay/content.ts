/** Bytes to read, wherever they are: a file, an object in S3, an entry of an archive, or the content of a gzip. */
export interface Content {
  /** Its name in findings and errors: `logs.tar.gz!2026/a.json`. */
  name: string;
  /** Whether {@link open} may be called more than once. */
  again: boolean;
  /** Number of bytes, if known before reading. */
  bytes?: number;
  /** Its beginning: at least {@link headBytes}, or all of it if it is shorter. */
  head(): Promise<Buffer>;
  /** All of its bytes. Throws where it is broken, after the bytes before that. */
  open(): AsyncIterable<Buffer>;
  /** Closes what {@link head} opened, unless {@link open} took it over. */
  close(): Promise<void>;
}

/** Enough to recognize a form by its beginning. */
export const headBytes = 64 * 1024;

/** Chunks of this size stay in the processor's cache. */
const chunkBytes = 256 * 1024;

type Chunks = AsyncIterable<Uint8Array>;

/** Content that `start` opens. */
export function createContent(
  name: string,
  start: () => Chunks | Promise<Chunks>,
  { again = true, bytes }: { again?: boolean; bytes?: number } = {},
): Content {
  let begun: Promise<Begun> | undefined;
  let opened = 0;
  const begin = () => {
    opened += 1;
    if (opened > 1 && !again) throw new Error(`${name} can be read only once`);
    return beginningOf(start);
  };
  return {
    name,
    again,
    ...(bytes === undefined ? {} : { bytes }),
    async head() {
      begun ??= begin();
      return (await begun).head;
    },
    async *open() {
      const own = begun ?? begin();
      begun = undefined;
      const { head, rest, failed } = await own;
      try {
        yield* inChunks(head);
        if (failed !== undefined) throw failed.error;
        for await (const chunk of { [Symbol.asyncIterator]: () => rest }) yield bufferOf(chunk);
      } finally {
        await rest.return?.();
      }
    },
    async close() {
      const own = begun;
      begun = undefined;
      await (await own)?.rest.return?.();
    },
  };
}

/** Content that is in memory. */
export function contentOfBuffer(name: string, bytes: Buffer): Content {
  const start = async function* () {
    yield* inChunks(bytes);
  };
  return createContent(name, start, { bytes: bytes.length });
}

/** The same content, in memory if it has at most `maxBytes`, so that it can be opened again. */
export async function keptContent(content: Content, maxBytes: number): Promise<Content> {
  if (content.again) return content;
  const pieces: Buffer[] = [];
  let length = 0;
  const chunks = content.open()[Symbol.asyncIterator]();
  try {
    while (length <= maxBytes) {
      const { done, value } = await chunks.next();
      if (done) return contentOfBuffer(content.name, Buffer.concat(pieces));
      pieces.push(value);
      length += value.length;
    }
  } catch (error) {
    return createContent(content.name, async function* () {
      yield* pieces;
      throw error;
    });
  }
  async function* all() {
    yield* pieces.splice(0);
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return createContent(content.name, all, { again: false });
}

/** All of a content, in memory. */
export async function wholeOf(content: Content, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of content.open()) {
    pieces.push(chunk);
    length += chunk.length;
    if (length > maxBytes) throw new Error(`it is larger than ${maxBytes / 1024 ** 2} MiB: unpack it first`);
  }
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}

/** A content whose first bytes have been read. */
interface Begun {
  head: Buffer;
  rest: AsyncIterator<Uint8Array>;
  /** The error, if it is broken already there. */
  failed?: { error: unknown };
}

async function beginningOf(start: () => Chunks | Promise<Chunks>): Promise<Begun> {
  const rest = (await start())[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    while (length < headBytes) {
      const { done, value } = await rest.next();
      if (done) break;
      pieces.push(value);
      length += value.length;
    }
  } catch (error) {
    return { head: Buffer.concat(pieces), rest, failed: { error } };
  }
  return { head: pieces.length === 1 ? bufferOf(pieces[0] as Uint8Array) : Buffer.concat(pieces), rest };
}

function* inChunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

function bufferOf(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
