import { expect } from "chai";
import { differenceOf, thrown } from "../../../cli/rules/difference";

describe("the difference of two values", () => {
  it("is none when they say the same, whatever the order of members", () => {
    expect(differenceOf({ a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }] }, "x")).to.equal(
      undefined,
    );
  });

  for (const [expected, found, path, message] of [
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, "x.a[0].b", "expected 1, found 2"],
    [{ a: 1 }, {}, "x.a", "expected 1, found nothing"],
    [{}, { a: 1 }, "x.a", "expected nothing, found 1"],
    [[1, 2], [1], "x", "expected [1,2], found [1]"],
    [{ a: 1 }, [1], "x", 'expected {"a":1}, found [1]'],
  ] as const)
    it(`is at ${path}: ${message}`, () => {
      expect(differenceOf(expected, found, "x")).to.deep.equal({ path, message });
    });

  it("names what was thrown, by the rule's own line and names", () => {
    const error = new TypeError("(0 , rule_1.nosuch) is not a function");
    error.stack = `TypeError: …\n    at match (/x/own/a-b.ts:12:9)\n    at other (/y.ts:1:1)`;
    expect(thrown("match", error, "/x/own/a-b.ts")).to.equal(
      "match threw TypeError: nosuch is not a function (line 12)",
    );
    expect(thrown("plan", "no", "/x/own/a-b.ts")).to.equal("plan threw Error: no");
  });
});
