import { expect } from "chai";
import { readFileSync } from "node:fs";
import { createValueEnd } from "../../../../handlers/cloudtrail/reader/grammar";
import { createKernelScanners } from "../../../../handlers/cloudtrail/reader/kernel";
import { fieldNumbers, putKeys } from "../../../../handlers/cloudtrail/reader/kernel-tables";
import { FIELDS, KEY_BYTES, KEY_PLACES, KEYS, LISTS } from "../../../../handlers/cloudtrail/reader/layout";
import { createWantedIndex } from "../../../../handlers/cloudtrail/reader/wanted";
import { compiledFile, hashOfSource } from "../../../../scripts/build-kernel";

describe("the reader's kernel", () => {
  it("is compiled from the sources that are here", () => {
    expect(readFileSync(compiledFile, "utf8"), "run: npm run build:kernel").include(hashOfSource());
  });

  it("has a separate place for each key that it looks for", () => {
    const memory = Buffer.alloc(LISTS);
    putKeys(memory, Object.keys(fieldNumbers) as (keyof typeof fieldNumbers)[]);
    const places = Array.from({ length: KEY_PLACES }, (_, place) =>
      memory.toString("latin1", KEYS + place * KEY_BYTES, KEYS + place * KEY_BYTES + 8),
    );
    const found = places.map((head) => head.replaceAll("\0", "")).filter((head) => head !== "");
    const others = ["eventName", "requestID", "eventID", "eventType"];
    expect(found.sort()).deep.equal(
      [...Object.keys(fieldNumbers), ...others].map((key) => `${key}"`.slice(0, 8)).sort(),
    );
    expect(Object.values(fieldNumbers).sort()).deep.equal(
      Array.from({ length: FIELDS }, (_, number) => number),
    );
  });

  it("passes on every record of an event if there is no bit left for its texts", () => {
    const hints = Array.from({ length: 30 }, () => ({ field: "errorCode" as const, texts: ["x"] }));
    const events = ["A", "B", "C"].map((name) => ({ name, inParameters: [name.toLowerCase()] }));
    const scanner = createKernelScanners(createWantedIndex({ events, hints }), createValueEnd(), 1e6)();
    const records = ["A", "B", "C", "D"].map((eventName) =>
      JSON.stringify({ eventName, requestParameters: {} }),
    );
    const text = Buffer.from(`${records.join(",")}]`);
    scanner.begin(false);
    scanner.put(text, 0);
    scanner.records(scanner.text, scanner.text + text.length);
    const wanted: number[] = [];
    for (let index = 0; index < scanner.noted(); index += 1) {
      const note = scanner.note(index);
      if (note.hinted() >= 0) wanted.push(note.place());
    }
    expect(wanted).deep.equal([1, 2]);
  });
});
