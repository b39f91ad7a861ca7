import { expect } from "chai";
import fc from "fast-check";
import { contentOfBuffer } from "../../../cli/replay/content";
import type { Problem } from "../../../cli/replay/problems";
import { readContent } from "../../../cli/replay/read-content";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { someRecords } from "./support";
import { wrappers, writers } from "./writers";

async function read(bytes: Uint8Array) {
  const records: CloudTrailRecord[] = [];
  const problems: Problem[] = [];
  await readContent(contentOfBuffer("data", Buffer.from(bytes)), true, {
    record: (one) => records.push(one),
    object: () => {},
    problem: (problem) => problems.push(problem),
    readLogFile: () => Promise.resolve(false),
  });
  return { records, problems: problems.filter(({ kind }) => kind !== "note") };
}

/** What happens to files: bytes are changed, lost or doubled, or the end is missing. */
const damage = fc.record({
  kind: fc.constantFrom("change", "lose", "double", "cut"),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  // Not so much that two records read as one, which is undetectable.
  length: fc.constantFrom(1, 2, 5),
  byte: fc.constantFrom(0x00, 0x0a, 0x20, 0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x5d, 0x61, 0x7b, 0x7d, 0xff),
});

function damaged(
  bytes: Buffer,
  { kind, at, length, byte }: { kind: string; at: number; length: number; byte: number },
): Buffer {
  const from = Math.floor(at * bytes.length);
  const part = bytes.subarray(from, from + length);
  const before = bytes.subarray(0, from);
  const after = bytes.subarray(from + length);
  if (kind === "change") return Buffer.concat([before, Buffer.from([byte]), bytes.subarray(from + 1)]);
  if (kind === "lose") return Buffer.concat([before, after]);
  if (kind === "double") return Buffer.concat([before, part, part, after]);
  // Not between two records, because it is undetectable that there were more.
  const inside = bytes.indexOf("Version", from);
  return inside < 0 ? bytes : bytes.subarray(0, inside);
}

describe("damaged files in any form", () => {
  it("never lose a record silently", async () => {
    const forms = fc.constantFrom(...writers);
    const around = fc.option(fc.constantFrom(...Object.values(wrappers)));
    await fc.assert(
      fc.asyncProperty(
        forms,
        around,
        fc.array(damage, { minLength: 1, maxLength: 1 }),
        fc.boolean(),
        async ({ write }, wrap, all, isOutside) => {
          let bytes: Buffer = Buffer.from(write(someRecords));
          if (!isOutside) for (const one of all) bytes = damaged(bytes, one);
          if (wrap !== null) bytes = Buffer.from(wrap(bytes));
          if (isOutside) for (const one of all) bytes = damaged(bytes, one);
          const { records, problems } = await read(bytes);
          if (records.length < someRecords.length) expect(problems).not.deep.equal([]);
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
