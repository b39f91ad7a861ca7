import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { feedGzip } from "../../../../handlers/cloudtrail/reader/gzip";

const chunkBytes = 256 * 1024;

/** Bytes that gzip cannot shrink much, so that chunks do not end where pieces do. */
function unevenBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    bytes[at] = (state >> 16) & (at % 70_000 < 35_000 ? 0xff : 0x01);
  }
  return bytes;
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("feedGzip", () => {
  const bytes = unevenBytes(3 * 1024 ** 2);

  for (const size of [1_000, 65_536, 1_234_567, bytes.length])
    for (const waits of [false, true])
      it(`passes on all bytes in order, of pieces of ${size} bytes${waits ? ", to a consumer that waits" : ""}`, async () => {
        const read: Buffer[] = [];

        await feedGzip(inPieces(gzipSync(bytes), size), (chunk) => {
          read.push(Buffer.from(chunk));
          return waits ? new Promise((resolve) => setImmediate(resolve)) : undefined;
        });

        expect(Buffer.concat(read).equals(bytes)).equal(true);
      });

  it("passes on all bytes of several gzips in a row", async () => {
    const read: Buffer[] = [];
    const members = Buffer.concat(
      [bytes.subarray(0, 1_000_000), bytes.subarray(1_000_000)].map((one) => gzipSync(one)),
    );

    await feedGzip(inPieces(members, 100_000), (chunk) => void read.push(Buffer.from(chunk)));

    expect(Buffer.concat(read).equals(bytes)).equal(true);
  });

  it("frees each full chunk as soon as it has been read, and no memory that zlib still fills", async () => {
    const chunks: Uint8Array[] = [];
    let largestUnfreed = 0;

    await feedGzip(inPieces(gzipSync(bytes), 65_536), (chunk) => {
      const unfreed = chunks.filter(({ buffer }) => buffer.byteLength > 0).length;
      largestUnfreed = Math.max(largestUnfreed, unfreed);
      chunks.push(chunk);
      return undefined;
    });

    const full = chunks.slice(0, Math.floor(bytes.length / chunkBytes));
    expect(full.length).equal(12);
    expect(chunks.filter(({ buffer }) => buffer.byteLength === chunkBytes).length).lessThan(full.length / 2);
    expect(largestUnfreed).lessThan(full.length / 2);
  });
});
