import type * as Fzstd from "fzstd";
import { createContent } from "../content";
import type { Container } from "./container";

/** Zstandard, of one frame or several. */
export const zstd: Container = {
  form: "Zstandard",
  is: (head) => head.length >= 4 && (head.readUInt32LE(0) === 0xfd2fb528 || isSkippable(head)),
  async *contents(content) {
    yield createContent(content.name, () => inflated(content.open()), { again: content.again });
  },
};

/** A frame with application data, which others skip. */
function isSkippable(head: Buffer): boolean {
  return (head.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50;
}

async function* inflated(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { Decompress } = require("fzstd") as typeof Fzstd;
  const out: Buffer[] = [];
  const stream = new Decompress((data) => out.push(Buffer.from(data)));
  try {
    for await (const chunk of chunks) {
      stream.push(chunk);
      yield* out.splice(0);
    }
    stream.push(new Uint8Array(0), true);
  } catch (error) {
    yield* out.splice(0);
    throw new Error(`its Zstandard is broken: ${(error as Error).message}`, { cause: error });
  }
  yield* out.splice(0);
}
