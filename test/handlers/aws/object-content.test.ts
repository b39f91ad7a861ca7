import { Readable } from "node:stream";
import { expect } from "chai";
import type { CallAws } from "../../../handlers/aws/call";
import { contentOf, pieceBytes } from "../../../handlers/aws/object-content";
import { awsError } from "../../support/factories";

describe("the content of an object", () => {
  const place = { region: "us-west-2", bucket: "logs", key: "a.json.gz" };
  const whole = Buffer.from(Array.from({ length: 2 * pieceBytes + 1_000 }, (_, index) => index % 251));

  /** S3 with one object. @param bodyOf the body of each attempt, numbered from 1 */
  function anS3(
    object: Buffer,
    bodyOf: (bytes: Buffer, tries: number) => Readable = (bytes) => Readable.from([bytes]),
  ) {
    const asked: unknown[] = [];
    const aws: CallAws = async ({ input }) => {
      asked.push(input.Range);
      const [from = 0, to = 0] = String(input.Range).slice("bytes=".length).split("-").map(Number);
      if (from >= object.length) throw awsError("InvalidRange", "The requested range is not satisfiable");
      if (from > 0) expect(input.IfMatch).to.equal('"tag"');
      const bytes = object.subarray(from, to + 1);
      const ContentRange = `bytes ${from}-${from + bytes.length - 1}/${object.length}`;
      return { Body: bodyOf(bytes, asked.length), ContentRange, ETag: '"tag"' };
    };
    return { aws, asked };
  }

  async function read(aws: CallAws, timeout?: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of contentOf(aws, place, timeout)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  const reset = () => Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  /** Gives half of its content, then breaks off. */
  const cut = (bytes: Buffer) =>
    Readable.from(
      (async function* () {
        yield bytes.subarray(0, bytes.length / 2);
        throw reset();
      })(),
    );

  it("comes in pieces of the same object, each after the previous one was taken", async () => {
    const { aws, asked } = anS3(whole);
    expect(asked).to.deep.equal([]);
    expect((await read(aws)).equals(whole)).to.equal(true);
    expect(asked).to.deep.equal([
      `bytes=0-${pieceBytes - 1}`,
      `bytes=${pieceBytes}-${2 * pieceBytes - 1}`,
      `bytes=${2 * pieceBytes}-${3 * pieceBytes - 1}`,
    ]);
  });

  it("comes in one piece if it is small, or if S3 does not split it", async () => {
    const small = Buffer.from("small");
    const { aws, asked } = anS3(small);
    expect((await read(aws)).toString()).to.equal("small");
    expect(asked).to.have.length(1);
    const unparted: CallAws = async () => ({ Body: Readable.from([small]) });
    expect((await read(unparted)).toString()).to.equal("small");
  });

  it("is empty for an empty object", async () => {
    expect((await read(anS3(Buffer.alloc(0)).aws)).length).to.equal(0);
  });

  it("is requested again, piece by piece, when a body breaks off", async () => {
    const { aws, asked } = anS3(whole, (bytes, tries) =>
      tries % 2 === 1 ? cut(bytes) : Readable.from([bytes]),
    );
    expect((await read(aws)).equals(whole)).to.equal(true);
    expect(asked).to.have.length(6);
  });

  it("is requested again when a body does not end", async () => {
    const slow = (bytes: Buffer) => {
      const stream = new Readable({ read: () => undefined });
      stream.push(bytes.subarray(0, 3));
      return stream;
    };
    const { aws, asked } = anS3(whole, (bytes, tries) =>
      tries === 2 ? slow(bytes) : Readable.from([bytes]),
    );
    expect((await read(aws, 20)).equals(whole)).to.equal(true);
    expect(asked).to.have.length(4);
    const failed = await read(anS3(whole, slow).aws, 20).catch((error: Error) => error);
    expect(String(failed)).to.equal("TimeoutError: 3 bytes came in 20 ms");
  });

  it("fails when bodies break off repeatedly, or AWS rejects the call", async () => {
    const failing = anS3(whole, cut);
    expect(await read(failing.aws).catch((error: Error) => error.message)).to.equal("aborted");
    expect(failing.asked).to.have.length(3);
    const denied: CallAws = async () => {
      throw awsError("AccessDenied");
    };
    expect(await read(denied).catch((error: Error) => error.name)).to.equal("AccessDenied");
  });
});
