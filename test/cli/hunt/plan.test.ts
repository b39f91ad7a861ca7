import { expect } from "chai";
import fc from "fast-check";
import { batchesIn, batchesOf, batchLimitsOf, manifestOf, maxBatchBytes } from "../../../cli/hunt/plan";
import type { BatchFile } from "../../../handlers/history/batch";

const files = fc.array(
  fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 100 })),
  {
    maxLength: 60,
  },
) as fc.Arbitrary<BatchFile[]>;

describe("batches of log files", () => {
  it("have every file once, in order, and are as large as they may be", () => {
    fc.assert(
      fc.property(
        files,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 150 }),
        (all, most, bytes) => {
          const batches = batchesOf(all, { files: most, bytes });
          expect(batches.flatMap((batch) => batch.files)).to.deep.equal(all);
          expect(batches.map(({ number }) => number)).to.deep.equal(batches.map((_, index) => index));
          const sum = (those: BatchFile[]) => those.reduce((total, [, size]) => total + size, 0);
          batches.forEach((batch, index) => {
            expect(batch.files.length).to.be.within(1, most);
            if (batch.files.length > 1) expect(sum(batch.files)).to.be.at.most(bytes);
            const [next] = batches[index + 1]?.files ?? [];
            if (next !== undefined)
              expect(
                batch.files.length === most || sum([...batch.files, next]) > bytes,
                "room for the next",
              ).to.equal(true);
          });
          expect(batchesIn(manifestOf(batches).toString("utf8"))).to.deep.equal(batches);
        },
      ),
    );
  });

  it("keep every invocation busy, and are few if there are many files", () => {
    const batchFiles = (count: number, concurrency: number) => batchLimitsOf(count, concurrency).files;
    expect(batchFiles(100, 50)).to.equal(20);
    expect(batchFiles(10_000, 20)).to.equal(125);
    expect(batchFiles(1_000_000, 50)).to.equal(500);
  });

  it("fit into the input of an execution, with the longest keys that CloudTrail writes", () => {
    const key = `AWSLogs/o-${"a".repeat(32)}/111122223333/CloudTrail/ap-northeast-3/2026/05/04/111122223333_CloudTrail_ap-northeast-3_20260504T0005Z_${"a".repeat(16)}.json.gz`;
    const [batch] = batchesOf(
      Array.from({ length: 2_000 }, (): BatchFile => [key, maxBatchBytes / 1_000]),
      batchLimitsOf(1_000_000, 1),
    );
    expect(Buffer.byteLength(JSON.stringify(batch))).to.be.below(256 * 1024 * 0.75);
  });
});
