import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { contentOfBuffer } from "../../../cli/replay/content";
import { type ReadContentOptions, readContent } from "../../../cli/replay/read-content";
import type { Problem } from "../../../cli/replay/problems";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { someRecords } from "./support";
import { tarOf, zstdOf } from "./writers";

const lines = someRecords.map((record) => `${JSON.stringify(record)}\n`).join("");

/** What is read from some bytes, if nothing is read as the function reads log files. */
async function read(bytes: Uint8Array, name = "data") {
  const records: CloudTrailRecord[] = [];
  const places: string[] = [];
  const problems: Problem[] = [];
  const options: ReadContentOptions = {
    record(record, place) {
      records.push(record);
      places.push(place);
    },
    object: () => {},
    problem: (problem) => problems.push(problem),
    readLogFile: () => Promise.resolve(false),
  };
  await readContent(contentOfBuffer(name, Buffer.from(bytes)), true, options);
  return { records, places, problems };
}

describe("containers", () => {
  /**
   * Made by other programs of these records: `zstd -19`; `bzip2`, two streams; tar in the forms of GNU, pax and old; zip without
   * sizes in its headers, with Zip64, and with bzip2.
   */
  for (const name of [
    "log.zst",
    "lines.bz2",
    "gnu.tar.gz",
    "pax.tar.gz",
    "v7.tar.gz",
    "streamed.zip",
    "zip64.zip",
    "bzip2.zip",
  ])
    it(`reads ${name}`, async () => {
      const { records, problems } = await read(readFileSync(join(__dirname, "fixtures", name)));
      expect(problems).deep.equal([]);
      expect(records).deep.equal(someRecords);
    });

  for (const [name, entry, reason] of [
    ["encrypted.zip", "fx.json", /an encrypted zip entry: unpack it with its password/],
    ["lzma.zip", "log.json", /a zip entry compressed with LZMA: unpack it first/],
  ] as const)
    it(`names what is in ${name}`, async () => {
      const { records, problems } = await read(readFileSync(join(__dirname, "fixtures", name)), name);
      expect(records).deep.equal([]);
      expect(problems.map(({ kind, name }) => ({ kind, name }))).deep.equal([
        { kind: "foreign", name: `${name}!${entry}` },
      ]);
      expect(problems[0]?.reason).match(reason);
    });

  it("names an entry by the archive and its name, and a record by its line", async () => {
    const { places } = await read(
      gzipSync(tarOf({ "a/b.jsonl": lines, "c.json": JSON.stringify({ Records: someRecords }) })),
      "x.tgz",
    );
    expect(places).deep.equal([
      ...someRecords.map((_, index) => `x.tgz!a/b.jsonl:${index + 1}`),
      ...someRecords.map(() => "x.tgz!c.json"),
    ]);
  });

  const gzipped = gzipSync(lines);
  const damaged: Record<string, { bytes: Uint8Array; records: CloudTrailRecord[]; reason: RegExp }> = {
    "gzip that is cut off": {
      bytes: gzipped.subarray(0, -20),
      records: someRecords.slice(0, 3),
      reason: /^its gzip is broken: it is cut off$/,
    },
    "gzip that is cut off in its checksum": {
      bytes: gzipped.subarray(0, -4),
      records: someRecords,
      reason: /^its gzip is broken: it is cut off$/,
    },
    "gzip with a wrong checksum": {
      bytes: Buffer.concat([gzipped.subarray(0, -8), Buffer.alloc(8, 7)]),
      records: someRecords,
      reason: /^its gzip is broken: its checksum is wrong$/,
    },
    "gzip with something behind it": {
      bytes: Buffer.concat([gzipped, Buffer.from("and more")]),
      records: someRecords,
      reason: /^its gzip is broken: other bytes follow its end$/,
    },
    "gzip whose second member is cut off": {
      bytes: Buffer.concat([gzipped, gzipped.subarray(0, 12)]),
      records: someRecords,
      reason: /^its gzip is broken: it is cut off$/,
    },
    "gzip with wrong codes": {
      bytes: Buffer.concat([gzipped.subarray(0, 10), Buffer.alloc(100, 0xff)]),
      records: [],
      reason: /^its gzip is broken: invalid/,
    },
    "tar that is cut off in an entry": {
      bytes: tarOf({ a: lines }).subarray(0, 512 + lines.length - 100),
      records: someRecords.slice(0, 3),
      reason: /^its tar is cut off in this entry$/,
    },
    "tar with a broken header": {
      bytes: Buffer.concat([tarOf({ a: lines }).subarray(0, -1024), Buffer.alloc(512, 7)]),
      records: someRecords,
      reason: /^its tar is broken: a header's checksum is wrong$/,
    },
    "Zstandard that is cut off": {
      bytes: zstdOf(lines).subarray(0, -100),
      records: [],
      reason: /^its Zstandard is broken: /,
    },
    "bzip2 that is cut off": {
      bytes: readFileSync(join(__dirname, "fixtures", "lines.bz2")).subarray(0, -100),
      records: someRecords.slice(0, 2),
      reason: /^its bzip2 is broken: /,
    },
    "zip without its directory": {
      bytes: readFileSync(join(__dirname, "fixtures", "streamed.zip")).subarray(0, -120),
      records: someRecords,
      reason: /^its zip is cut off: its directory is missing$/,
    },
    "zip that is cut off in an entry": {
      bytes: readFileSync(join(__dirname, "fixtures", "zip64.zip")).subarray(0, 500),
      records: [],
      reason: /^its zip entry is broken: it is cut off$/,
    },
  };
  for (const [what, { bytes, records, reason }] of Object.entries(damaged))
    it(`reads what it can of ${what}`, async () => {
      const found = await read(bytes);
      expect(found.records).deep.equal(records);
      expect(found.problems.map((problem) => problem.reason).filter((text) => reason.test(text))).length(1);
      expect(found.problems.every(({ kind }) => ["damaged", "unreadable", "foreign"].includes(kind))).equal(
        true,
      );
    });

  it("skips zeros after gzip, and reads the members after them", async () => {
    const half = someRecords.map((record) => gzipSync(`${JSON.stringify(record)}\n`));
    const { records, problems } = await read(
      Buffer.concat(half.flatMap((member) => [member, Buffer.alloc(600)])),
    );
    expect({ records, problems }).deep.equal({ records: someRecords, problems: [] });
  });

  it("reads a header of gzip with a name, a comment, an extra field and a checksum", async () => {
    const extra = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 5, 0]),
      Buffer.from("extraname\0a comment\0"),
      Buffer.from([0, 0]),
      gzipped.subarray(10),
    ]);
    expect((await read(extra)).records).deep.equal(someRecords);
  });

  it("does not open nested containers without end", async () => {
    let bytes: Uint8Array = Buffer.from(lines);
    for (let depth = 0; depth < 12; depth += 1) bytes = gzipSync(bytes);
    const { records, problems } = await read(bytes);
    expect(records).deep.equal([]);
    expect(problems.map(({ kind }) => kind)).deep.equal(["unreadable"]);
  });

  it("survives archives that are cut off anywhere", async () => {
    for (const name of ["streamed.zip", "zip64.zip", "pax.tar.gz", "log.zst"]) {
      const whole = readFileSync(join(__dirname, "fixtures", name));
      // The last bytes of a zip are a comment's.
      for (let length = 1; length < whole.length - 22; length += 13) {
        const { records, problems } = await read(whole.subarray(0, length));
        expect(records.length).at.most(someRecords.length);
        expect(problems.length, `${name}, ${length} bytes`).above(0);
      }
    }
  });
});
