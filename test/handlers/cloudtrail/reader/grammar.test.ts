import { expect } from "chai";
import fc from "fast-check";
import { BROKEN, createValueEnd, INCOMPLETE } from "../../../../handlers/cloudtrail/reader/grammar";

const valueEnd = createValueEnd();
const end = (text: string, keys: number[] = []) =>
  valueEnd(Buffer.from(text), 0, Buffer.byteLength(text), keys);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts, many of which are nearly JSON. */
const nearlyJson = fc
  .array(
    fc.constantFrom(
      ...'{}[]:,"\\- .+eE0123tfn',
      ...[
        "true",
        "false",
        "null",
        '"a"',
        '"\\u00e9"',
        "1.5e-3",
        "\n",
        "\u0001",
        "é",
        "\\u12",
        "[]",
        "{}",
        '"a":',
      ],
    ),
    { maxLength: 12 },
  )
  .map((parts) => `[${parts.join("")}]`);

describe("the grammar of JSON", () => {
  it("is that of JSON.parse, for any JSON and near-JSON", () =>
    fc.assert(
      fc.property(fc.oneof(fc.json(), nearlyJson), (text) => {
        // A number or literal ends where something else follows.
        const array = `[${text}]`;
        expect(end(array) === Buffer.byteLength(array)).equal(isJson(array));
      }),
      { numRuns: 20_000 },
    ));

  it("reports that every beginning of a value continues", () =>
    fc.assert(
      fc.property(fc.json(), (json) => {
        const text = `[${json}]`;
        const bytes = Buffer.from(text);
        for (let length = 0; length < bytes.length; length += 1)
          expect(valueEnd(bytes, 0, length, [])).equal(INCOMPLETE);
      }),
      { numRuns: 200 },
    ));

  it("reports the byte that breaks it, whatever follows", () =>
    fc.assert(
      fc.property(nearlyJson, nearlyJson, (text, more) => {
        const answer = end(text);
        if (answer <= BROKEN) expect(end(text + more)).equal(answer);
      }),
      { numRuns: 2000 },
    ));

  it("finds the keys of an object, and not nested ones", () => {
    const text = '{"a":{"b":[{"c":1}]},"d\\"":"e" , "f":{}}';
    const keys: number[] = [];
    expect(end(text, keys)).equal(text.length);
    expect(keys).deep.equal(['"a"', '"d', '"f"'].map((key) => text.indexOf(key)));
  });

  const broken: Record<string, number> = {
    "[1,]": 3,
    "[01]": 2,
    "[1.]": 3,
    "[tru]": 4,
    '["\\x"]': 3,
    '["\\u12x"]': 6,
    '["\t"]': 2,
    "[}": 1,
    "{1:2}": 1,
    '{"a"}': 4,
    '{"a":1,}': 7,
    "[1 2]": 3,
  };
  for (const [text, at] of Object.entries(broken))
    it(`breaks at byte ${at} of ${JSON.stringify(text)}`, () => {
      expect(end(text)).equal(BROKEN - at);
    });
});
