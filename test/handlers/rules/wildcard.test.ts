import { expect } from "chai";
import fc from "fast-check";
import { compileWildcard, partsOfWildcard } from "../../../handlers/rules/wildcard";

/** By definition: some way to cut the text into the literal parts and what stands between them. */
function matchesByDefinition(parts: string[], text: string): boolean {
  const [first = "", ...others] = parts;
  if (!text.startsWith(first)) return false;
  const rest = text.slice(first.length);
  if (others.length === 0) return rest === "";
  return Array.from({ length: rest.length + 1 }, (_, at) => rest.slice(at)).some((tail) =>
    matchesByDefinition(others, tail),
  );
}

describe("a wildcard pattern", () => {
  for (const [pattern, text, matches] of [
    ["Simple*Service", "SimpleQueueService", true],
    ["Simple*Service", "SimpleService", true],
    ["Simple*Service", "SimpleQueueServices", false],
    ["*", "", true],
    ["*/lib/*", "/usr/lib/x", true],
    ["*/lib/*", "/usr/lib", false],
    ["a*a", "a", false],
    ["ab*ba", "aba", false],
    ["*ab*ab*", "xabab", true],
    ["none", "none", true],
    ["none", "nones", false],
    ["a\\*b", "a*b", true],
    ["a\\*b", "axb", false],
    ["a\\\\*", "a\\x", true],
  ] as const)
    it(`${pattern} ${matches ? "matches" : "does not match"} ${JSON.stringify(text)}`, () => {
      expect(compileWildcard(pattern)(text)).to.equal(matches);
    });

  it("is parted by its asterisks, but not by escaped ones", () => {
    expect(partsOfWildcard("a*b\\*c\\\\*")).to.deep.equal(["a", "b*c\\", ""]);
  });

  it("matches as it is defined", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 4 }), letters, (parts, text) => {
        expect(compileWildcard(parts.join("*"))(text)).to.equal(matchesByDefinition(parts, text));
      }),
      { numRuns: 2000 },
    );
  });

  it("takes a number of steps in proportion to the text, whatever both look like", () => {
    // A text that counts how often one of its characters is looked at.
    const looksAt = (length: number) => {
      let looks = 0;
      const text = new Proxy(Object("a".repeat(length)) as object, {
        get(target, name) {
          if (typeof name === "string" && /^\d+$/.test(name)) looks++;
          const value = (target as unknown as Record<string | symbol, unknown>)[name];
          return typeof value === "function" ? (value as () => unknown).bind(target) : value;
        },
      });
      compileWildcard(`*${"a".repeat(200)}b*`)(text as unknown as string);
      return looks;
    };
    expect(looksAt(4000)).to.be.below(4000 * 4);
  });
});
