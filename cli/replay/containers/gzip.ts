import { createGunzip, gunzipSync, constants } from "node:zlib";
import { createContent } from "../content";
import type { Container } from "./container";

/** gzip, of one member or several: `cat *.gz`. */
export const gzip: Container = {
  form: "gzip",
  is: isGzip,
  async *contents(content) {
    yield createContent(content.name, () => inflated(content.open()), { again: content.again });
  },
};

export function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** What the beginning of a gzip inflates to; as much as the first bytes give. */
export function inflatedHead(head: Buffer): Buffer {
  try {
    return gunzipSync(head.subarray(0, 2048), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0); // whoever reads all of it says what is broken
  }
}

/** Inflates, up to where it is broken: what `zlib` as a stream loses there is yielded first. */
async function* inflated(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const out: Buffer[] = [];
  let failure: Error | undefined;
  let wake = (): void => {};
  gunzip.on("data", (chunk: Buffer) => out.push(chunk));
  gunzip.on("end", () => wake());
  gunzip.on("error", (error: Error) => {
    failure = error;
    wake();
  });
  const settled = (start: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      start(resolve);
    });
  let given = 0;
  let lastContent = 0;
  try {
    for await (const chunk of chunks) {
      // Small pieces: each may inflate to a thousand times as much, and all of that waits here.
      for (let at = 0; at < chunk.length && failure === undefined; at += 16 * 1024) {
        const piece = chunk.subarray(at, at + 16 * 1024);
        const end = endWithoutZeros(piece);
        if (end > 0) lastContent = given + end;
        given += piece.length;
        await settled((done) => gunzip.write(piece, done));
        yield* out.splice(0);
      }
      if (failure !== undefined) break;
    }
    const { bytesWritten } = gunzip;
    if (failure === undefined) await settled(() => gunzip.end());
    yield* out.splice(0);
    // Zeros behind the end are padding; zlib passes over them, and over all that comes after them.
    if (failure === undefined && lastContent > Math.max(bytesWritten, gunzip.bytesWritten))
      failure = new Error("other bytes follow after its end");
  } finally {
    gunzip.destroy();
  }
  if (failure !== undefined) throw new Error(`its gzip is broken: ${failure.message}`, { cause: failure });
}

function endWithoutZeros(piece: Buffer): number {
  let end = piece.length;
  while (end > 0 && piece[end - 1] === 0) end -= 1;
  return end;
}

/** @throws where it is broken, or inflates to more than `maxBytes` */
export function inflatedWhole(bytes: Buffer, maxBytes: number): Buffer {
  return gunzipSync(bytes, { maxOutputLength: maxBytes });
}
