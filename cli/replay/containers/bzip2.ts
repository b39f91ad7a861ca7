import { createContent, wholeOf } from "../content";
import type { Container } from "./container";

const maxBytes = 1024 ** 3;

/** The used part of `seek-bzip`, which has no types. */
interface Bunzip {
  decode(input: Buffer, output: { writeByte(byte: number): void; flush(): void }, multistream: boolean): void;
}

/** bzip2, of one stream or several. */
export const bzip2: Container = {
  form: "bzip2",
  is: (head) => /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/.test(head.toString("latin1", 0, 10)),
  async *contents(content) {
    yield createContent(
      content.name,
      async function* () {
        yield* inflated(await wholeOf(content, maxBytes));
      },
      { again: content.again },
    );
  },
};

function* inflated(bytes: Buffer): Generator<Buffer> {
  const bunzip = require("seek-bzip") as Bunzip;
  const chunkBytes = 256 * 1024;
  const chunks: Buffer[] = [];
  let chunk = Buffer.alloc(chunkBytes);
  let length = 0;
  let failure: unknown;
  const output = {
    writeByte(byte: number) {
      if (length === chunkBytes) {
        if (chunks.length * chunkBytes >= maxBytes)
          throw new Error(`it inflates to more than ${maxBytes / 1024 ** 2} MiB: unpack it first`);
        chunks.push(chunk);
        chunk = Buffer.alloc(chunkBytes);
        length = 0;
      }
      chunk[length++] = byte;
    },
    flush() {},
  };
  try {
    bunzip.decode(bytes, output, true);
  } catch (error) {
    failure = error;
  }
  yield* chunks;
  yield chunk.subarray(0, length);
  if (failure !== undefined)
    throw new Error(`its bzip2 is broken: ${(failure as Error).message}`, { cause: failure });
}
