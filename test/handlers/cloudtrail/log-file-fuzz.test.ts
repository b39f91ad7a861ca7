import { expect } from "chai";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compareWithFullParse } from "../../../bench/fuzz/differences";
import { createReadInflatedLogFile } from "../../../handlers/cloudtrail/log-file";

describe("the reader of log files and JSON.parse", () => {
  it("agree on 20,000 texts that are made to be misread", async () => {
    const { read, refused } = await compareWithFullParse(createReadInflatedLogFile, 0, 20_000);
    expect(read + refused).equal(20_000);
    // Both kinds are there in number, or the comparison says little.
    expect(read).greaterThan(10_000);
    expect(refused).greaterThan(2_000);
  });

  it("agree on any JSON, with any blanks, cut anywhere", async () => {
    const reader = createReadInflatedLogFile(
      { eventNames: ["a"], hints: [] },
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

describe("the reader's kernel", () => {
  it("is compiled from the source that is here", () => {
    const root = join(__dirname, "../../..");
    const source = readFileSync(join(root, "assembly", "json-scanner.ts"));
    const compiled = readFileSync(join(root, "handlers", "cloudtrail", "json-scanner-wasm.ts"), "utf8");
    expect(compiled, "run: npm run build:scanner").include(createHash("sha256").update(source).digest("hex"));
  });
});
