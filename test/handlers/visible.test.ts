import { expect } from "chai";
import fc from "fast-check";
import { visible } from "../../handlers/visible";

describe("visible", () => {
  it("escapes what hides or turns other text, and nothing else", () => {
    for (const [character, escape] of [
      ["\u0000", "\\u0000"],
      ["\u001b", "\\u001b"],
      ["\u0085", "\\u0085"],
      ["\u00ad", "\\u00ad"],
      ["\u061c", "\\u061c"],
      ["\u200b", "\\u200b"],
      ["\u202e", "\\u202e"],
      ["\u2028", "\\u2028"],
      ["\u2066", "\\u2066"],
      ["\u3164", "\\u3164"],
      ["\ufeff", "\\ufeff"],
      ["\ue000", "\\ue000"],
      ["\ud800", "\\ud800"],
      ["\u{e0041}", "\\udb40\\udc41"],
    ] as const)
      expect(visible(`a${character}b`)).to.equal(`a${escape}b`);
    for (const text of ["bob@example.com", "é 漢字 🙂 العربية", "a\\u202eb", "tab?"])
      expect(visible(text)).to.equal(text);
  });

  it("keeps what it is told to", () => {
    expect(visible("a\n\tb\u001b[0m\u202e", "\n\u001b")).to.equal("a\n\\u0009b\u001b[0m\\u202e");
  });

  it("leaves the value of any JSON as it is, in characters that are all seen", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        const json = visible(JSON.stringify(value));
        expect(JSON.parse(json)).to.deep.equal(JSON.parse(JSON.stringify(value)));
        expect(json).not.to.match(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
