import { expect } from "chai";
import fc from "fast-check";
import { createDocuments } from "../../../../cli/replay/text/documents";

/** What comes out of a text that arrives in pieces. */
function documentsOf(text: string, cuts: number[] = [], maxWholeBytes?: number) {
  const found: {
    values: unknown[];
    broken: string[];
    salvaged: unknown[];
    texts: string[];
    lines: number[];
  } = {
    values: [],
    broken: [],
    salvaged: [],
    texts: [],
    lines: [],
  };
  const documents = createDocuments(
    {
      value(value, line) {
        found.values.push(value);
        found.lines.push(line);
      },
      broken(reason, line, values) {
        found.broken.push(`line ${line}: ${reason}`);
        found.salvaged.push(...values);
      },
      text(text, line) {
        found.texts.push(`${line}: ${text}`);
      },
    },
    maxWholeBytes === undefined ? {} : { maxWholeBytes },
  );
  const bytes = Buffer.from(text);
  let from = 0;
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    documents.put(bytes.subarray(from, cut));
    from = cut;
  }
  documents.end();
  return found;
}

const nothing = { values: [], broken: [], salvaged: [], texts: [], lines: [] };

describe("documents of a text", () => {
  const sequences: Record<string, { text: string; values: unknown[]; lines: number[] }> = {
    "one value": { text: '{"a":1}', values: [{ a: 1 }], lines: [1] },
    "one value on many lines": { text: '\n{\n  "a": [\n1,\n2]\n}\n', values: [{ a: [1, 2] }], lines: [2] },
    "values without anything between": {
      text: '{"a":1}{"b":[]}[]',
      values: [{ a: 1 }, { b: [] }, []],
      lines: [1, 1, 1],
    },
    "values a line, with blank lines": {
      text: '{"a":1}\r\n\r\n{"a":2}\r\n',
      values: [{ a: 1 }, { a: 2 }],
      lines: [1, 3],
    },
    "values with commas": { text: '{"a":1},\n{"a":2},', values: [{ a: 1 }, { a: 2 }], lines: [1, 2] },
    texts: { text: '"{\\"a\\":1}"\n"b"', values: ['{"a":1}', "b"], lines: [1, 2] },
    "brackets and quotes in texts": {
      text: '{"a":"}]{[\\"\\\\"}{"b":"\\\\"}',
      values: [{ a: '}]{["\\' }, { b: "\\" }],
      lines: [1, 1],
    },
    "something before a value": {
      text: '10:00 x {"a":1}\n10:01 [y] {"b":{}}\n',
      values: [{ a: 1 }, { b: {} }],
      lines: [1, 2],
    },
    "something before a value on many lines": {
      text: '10:00 x {\n "a": 1\n}\n10:01 {}',
      values: [{ a: 1 }, {}],
      lines: [1, 4],
    },
    "braces before a value": { text: 'f{x} {y {"a":1}', values: [{ a: 1 }], lines: [1] },
    "a separator before each": {
      text: '\u001e{"a":1}\n\u001e{"a":2}\n',
      values: [{ a: 1 }, { a: 2 }],
      lines: [1, 2],
    },
    "a byte order mark in the middle": {
      text: '{"a":1}\n\ufeff{"a":2}',
      values: [{ a: 1 }, { a: 2 }],
      lines: [1, 2],
    },
    nothing: { text: " \n\t ", values: [], lines: [] },
  };
  for (const [what, { text, values, lines }] of Object.entries(sequences)) {
    it(`takes ${what}`, () => expect(documentsOf(text)).deep.equal({ ...nothing, values, lines }));
    it(`takes ${what}, byte by byte`, () =>
      expect(documentsOf(text, [...Buffer.from(text).keys()])).deep.equal({ ...nothing, values, lines }));
  }

  const damaged: Record<
    string,
    { text: string; values?: unknown[]; salvaged?: unknown[]; broken: RegExp[]; texts?: string[] }
  > = {
    "a line that is no JSON": {
      text: '{"a":1}\n{oops\n{"a":2}\n',
      values: [{ a: 1 }, { a: 2 }],
      broken: [/^line 2: its JSON is broken at byte 9: expected a key or \}, found "o"$/],
    },
    "a line whose text does not end": {
      text: '{"a":1}\n{"a": "b\n{"a":2}',
      values: [{ a: 1 }, { a: 2 }],
      broken: [/^line 2: its JSON is broken at byte/],
    },
    "a line whose list does not end": {
      text: '{"a":1}\n{"a": [\n{"a":2}\n{"a":3}',
      values: [{ a: 1 }, { a: 2 }, { a: 3 }],
      broken: [/^line 2: its JSON is broken/],
    },
    "a line with an escape that JSON does not know": {
      text: '{"a":1}\n{"a":"\\x"}\n{"a":2}',
      values: [{ a: 1 }, { a: 2 }],
      broken: [/^line 2: its JSON is broken at byte 13/],
    },
    "the last value cut off": {
      text: '{"a":1}\n{"a":[1,',
      values: [{ a: 1 }],
      broken: [/^line 2: its JSON is cut off at byte 16$/],
    },
    "a list cut off": {
      text: '{"Records":[{"a":1},{"a":{"b":2}},{"a":',
      salvaged: [{ a: 1 }, { a: { b: 2 } }],
      broken: [/^line 1: its JSON is cut off at byte 39$/],
    },
    "an element of a list": {
      text: '{"Records":[{"a":1},{"a":oops},{"a":3}]}',
      salvaged: [{ a: 1 }, { a: 3 }],
      broken: [/^line 1: its JSON is broken at byte 25: expected a value, found "o"$/],
    },
    "an element on lines of its own": {
      text: '[\n  {"a":1},\n  {"a":,},\n  {"a":3}\n]\n{"a":4}',
      values: [{ a: 4 }],
      salvaged: [{ a: 1 }, { a: 3 }],
      broken: [/^line 3: its JSON is broken at byte 20: expected a value, found ","$/],
    },
    "a bracket that does not match": {
      text: '{"Records":[{]}',
      broken: [/^line 1: its JSON is broken at byte 13: expected a key or \}, found "\]"$/],
    },
    "a line without JSON": {
      text: 'hello\n{"a":1}\nworld',
      values: [{ a: 1 }],
      broken: [],
      texts: ["1: hello", "3: world"],
    },
    "something behind a value": {
      text: '{"a":1} and more\n',
      values: [{ a: 1 }],
      broken: [],
      texts: ["1: and more"],
    },
  };
  for (const [what, { text, values = [], salvaged = [], broken, texts = [] }] of Object.entries(damaged))
    for (const cuts of [[], [...Buffer.from(text).keys()]])
      it(`loses no more than ${what}${cuts.length > 0 ? ", byte by byte" : ""}`, () => {
        const found = documentsOf(text, cuts);
        expect(found.values).deep.equal(values);
        expect(found.salvaged).deep.equal(salvaged);
        expect(found.texts).deep.equal(texts);
        expect(found.broken.length, found.broken.join("\n")).equal(broken.length);
        for (const [index, pattern] of broken.entries()) expect(found.broken[index]).match(pattern);
      });

  it("takes any values, joined and cut in any way", () => {
    const value = fc
      .oneof(fc.object(), fc.array(fc.jsonValue()), fc.string())
      .map((one) => JSON.parse(JSON.stringify(one)) as unknown);
    const space = fc.constantFrom(undefined, 1, "\t");
    const separator = fc.constantFrom("", "\n", "\r\n", " ", "\n\n", ",", ",\n", "\t", "\n\u001e");
    fc.assert(
      fc.property(fc.array(fc.tuple(value, space, separator)), fc.array(fc.nat()), (parts, cuts) => {
        const text = parts
          .map(([one, indent, end]) => `${JSON.stringify(one, undefined, indent)}${end}`)
          .join("");
        const found = documentsOf(text, cuts);
        expect(found).deep.include({ values: parts.map(([one]) => one), broken: [], texts: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("terminates on any text, with the same result however it is cut", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      '"',
      "\\",
      ":",
      ",",
      "\n",
      " ",
      "a",
      "1",
      '{"a":1}',
      '"Records"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat()), (pieces, cuts) => {
        const text = pieces.join("");
        expect(documentsOf(text, cuts)).deep.equal(documentsOf(text));
      }),
      { numRuns: 2_000 },
    );
  });

  for (const [what, open, close] of [
    ["an array", "[", "]"],
    ["a log file that begins with its records", '{"Records":[', '], "x": {"y": [1]}}'],
    ["a pretty log file", '{\n  "Records" : [\n', "\n ]\n}\n"],
  ] as const) {
    const elements = [{ a: "x".repeat(100) }, ["[", { b: "]" }], "text", 1, null, { c: {} }, []];
    const text = `${open}${elements.map((element) => JSON.stringify(element)).join(" ,\n")}${close}{"last":1}`;
    const everywhere = [...Buffer.from(text).keys()];

    it(`takes the elements of ${what} that is too long to be parsed at once`, () => {
      const { values, broken, texts, lines } = documentsOf(text, everywhere, 20);
      expect({ broken, texts }).deep.equal({ broken: [], texts: [] });
      expect(values).deep.equal([...elements, { last: 1 }]);
      expect(lines[6]).equal(open.split("\n").length + 6);
    });

    it(`says that ${what} is cut off, which is too long to be parsed at once`, () => {
      const end = text.indexOf('{"c"') + 4;
      const { values, broken } = documentsOf(text.slice(0, end), everywhere, 20);
      expect(values).deep.equal(elements.slice(0, 5));
      expect(broken).deep.equal([`line ${open.split("\n").length + 5}: its JSON is cut off at byte ${end}`]);
    });

    it(`loses one element of ${what} that is too long to be parsed at once`, () => {
      const bad = text.replace("null", '{"bad":oops}');
      const { values, broken } = documentsOf(bad, everywhere, 20);
      expect(values).deep.equal([...elements.filter((element) => element !== null), { last: 1 }]);
      expect(broken.length).equal(1);
      expect(broken[0]).match(/: expected a value, found "o"$/);
    });
  }

  it("takes another object that is too long as a whole", () => {
    const value = { Events: [{ a: "x".repeat(100) }], Records: [1] };
    expect(documentsOf(JSON.stringify(value), [30, 60], 20).values).deep.equal([value]);
  });
});
