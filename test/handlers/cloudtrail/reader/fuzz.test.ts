import { expect } from "chai";
import fc from "fast-check";
import { compareWithFullParse, type CreateReader } from "../../../../bench/fuzz/differences";
import { feedInflated } from "../../../../handlers/cloudtrail/reader/gzip";
import { createReadInflatedLogFile } from "../../../../handlers/cloudtrail/reader/index";
import { createReader } from "../../../../handlers/cloudtrail/reader/log-file";
import { createPlainScanners } from "../../../../handlers/cloudtrail/reader/plain";

const plain: CreateReader = (wanted, limits) =>
  createReader(wanted, limits, feedInflated, createPlainScanners);

describe("the reader of log files, its plain twin and JSON.parse", () => {
  it("agree on 20,000 texts that are designed to be misread", async () => {
    const { read, refused } = await compareWithFullParse(
      { fast: createReadInflatedLogFile, plain },
      0,
      20_000,
    );
    expect(read + refused).equal(20_000);
    // There are many of both kinds, or the comparison would say little.
    expect(read).greaterThan(10_000);
    expect(refused).greaterThan(2_000);
  });

  it("agree on any JSON, with any blanks, cut anywhere", async () => {
    const reader = createReadInflatedLogFile(
      { events: [{ name: "a" }], hints: [] },
      { maxInflatedBytes: 1e6, maxRecordBytes: 1e6 },
    );
    const records = fc.array(
      fc.oneof(
        fc.record({ eventName: fc.constantFrom("a", "b"), x: fc.jsonValue() }),
        fc.dictionary(fc.string(), fc.jsonValue()),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.nat({ max: 3 }),
        fc.integer({ min: 1, max: 90 }),
        async (list, indent, size) => {
          const text = JSON.stringify({ Records: list }, undefined, indent);
          const bytes = Buffer.from(text);
          const raw: unknown[] = [];
          const handedOn: unknown[] = [];
          const chunks = async function* () {
            for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
          };
          await reader("a text", chunks(), {
            record: (record) => handedOn.push(record),
            raw: (json) => raw.push(JSON.parse(json.toString("utf8"))),
          });
          const parsed = (JSON.parse(text) as { Records: { eventName?: unknown }[] }).Records;
          expect(raw).deep.equal(parsed);
          expect(handedOn).deep.equal(parsed.filter(({ eventName }) => eventName === "a"));
        },
      ),
      { numRuns: 300 },
    );
  });
});
