import { expect } from "chai";
import { cborOf } from "../../../local/recorder/decode";

describe("CBOR of requests and answers", () => {
  it("reads the examples of the standard", () => {
    const examples: [hex: string, value: unknown][] = [
      ["1903e8", 1000],
      ["3903e7", -1000],
      ["1b000000e8d4a51000", 1_000_000_000_000],
      ["f93e00", 1.5],
      ["fa47c35000", 100_000],
      ["fb3ff199999999999a", 1.1],
      ["f5", true],
      ["f6", null],
      ["c11a514b67b0", new Date("2013-03-21T20:04:00Z")],
      ["4401020304", "AQIDBA=="],
      ["6449455446", "IETF"],
      ["7f657374726561646d696e67ff", "streaming"],
      ["83010203", [1, 2, 3]],
      ["a26161016162820203", { a: 1, b: [2, 3] }],
      ["bf61610161629f0203ffff", { a: 1, b: [2, 3] }],
    ];
    for (const [hex, value] of examples) expect(cborOf(Buffer.from(hex, "hex")), hex).to.deep.equal(value);
  });

  it("reads numbers beyond exact integers, and a map that looks like a tag", () => {
    expect(cborOf(Buffer.from("1b7fffffffffffffff", "hex"))).to.equal(2 ** 63);
    // {"tag": 1, "value": 2}
    expect(cborOf(Buffer.from("a26374616701" + "6576616c756502", "hex"))).to.deep.equal({ tag: 1, value: 2 });
  });

  it("reads no body as no parameters", () => {
    expect(cborOf(undefined)).to.deep.equal({});
    expect(cborOf(Buffer.alloc(0))).to.deep.equal({});
  });

  it("refuses bytes that are not a complete value", () => {
    for (const hex of ["18", "6261", "bf6161", "81".repeat(100), "9b7fffffffffffffff", "fc"]) {
      expect(() => cborOf(Buffer.from(hex, "hex")), hex).to.throw(Error);
    }
  });

  it("refuses nesting that would exhaust the stack", () => {
    expect(() => cborOf(Buffer.alloc(1_000_000, 0x81))).to.throw(Error);
  });
});
