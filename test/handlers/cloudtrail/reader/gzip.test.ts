import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { feedGzip } from "../../../../handlers/cloudtrail/reader/gzip";

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

  it("frees each chunk soon after it has been read", async () => {
    const chunks: Uint8Array[] = [];
    const unfreed = () =>
      new Set(chunks.map(({ buffer }) => buffer).filter((one) => one.byteLength > 0)).size;
    let mostUnfreed = 0;

    await feedGzip(inPieces(gzipSync(bytes), 65_536), (chunk) => {
      mostUnfreed = Math.max(mostUnfreed, unfreed());
      chunks.push(chunk);
      return undefined;
    });

    expect(chunks.length).greaterThan(11);
    expect(mostUnfreed).lessThan(2);
    expect(unfreed()).equal(0);
  });

  it("frees what it inflated in one call", async () => {
    const chunks: Uint8Array[] = [];

    await feedGzip(inPieces(gzipSync(Buffer.alloc(1_000_000)), 65_536), (chunk) => void chunks.push(chunk));

    expect(chunks.length).equal(4);
    expect(chunks.map(({ buffer }) => buffer.byteLength)).eql([0, 0, 0, 0]);
  });

  it("leaves memory alone that Node shares between buffers", async () => {
    const other = Buffer.from("other");

    await feedGzip(inPieces(gzipSync("short"), 65_536), () => undefined);

    expect(other.toString()).equal("other");
  });
});
