import { expect } from "chai";
import fc from "fast-check";
import { matchesAny, matchesPattern } from "../../handlers/pattern";

/** The meaning of a pattern, by a regular expression: suitable only for short, trusted patterns. */
function byDefinition(pattern: string, value: string): boolean {
  const source = [...pattern]
    .map((char) => (char === "*" ? "[^]*" : char === "?" ? "[^]" : char.replace(/[^a-z]/, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`).test(value);
}

describe("matchesPattern", () => {
  for (const [pattern, value, expected] of [
    ["", "", true],
    ["*", "", true],
    ["*", "anything", true],
    ["a*", "abc", true],
    ["*c", "abc", true],
    ["a*c", "ac", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["abc", "abcd", false],
    ["a.c", "abc", false],
    ["A*", "abc", false],
    ["arn:aws:iam::*:role/deploy", "arn:aws:iam::111122223333:role/deploy", true],
    ["arn:aws:iam::*:role/deploy", "arn:aws:iam::111122223333:role/deployer", false],
  ] as const)
    it(`${expected ? "finds" : "does not find"} ${JSON.stringify(pattern)} in ${JSON.stringify(value)}`, () => {
      expect(matchesPattern(pattern, value)).equal(expected);
    });

  it("matches its definition", () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 }),
        fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 }),
        (pattern, value) => {
          expect(matchesPattern(pattern, value)).equal(byDefinition(pattern, value));
        },
      ),
      { numRuns: 1000 },
    ));

  it("terminates on what keeps a backtracking matcher busy forever", () => {
    expect(matchesPattern(`${"*a".repeat(100)}b`, "a".repeat(10_000))).equal(false);
  });

  it("is any of several", () => {
    expect(matchesAny(["a*", "b*"], "bc")).equal(true);
    expect(matchesAny([], "bc")).equal(false);
  });
});
