import { expect } from "chai";
import fc from "fast-check";
import { createCsv, type CsvDialect, dialectOf } from "../../../../cli/replay/text/csv";

function rowsOf(text: string, dialect: CsvDialect = { delimiter: ",", escape: '"' }, cuts: number[] = []) {
  const rows: string[][] = [];
  const lines: number[] = [];
  const csv = createCsv(dialect, (cells, line) => {
    rows.push(cells);
    lines.push(line);
  });
  let from = 0;
  for (const cut of [...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]) {
    csv.put(text.slice(from, cut));
    from = cut;
  }
  return { rows, lines, ...csv.end() };
}

describe("separated values", () => {
  it("may have quotes, delimiters and line ends in quotes", () =>
    expect(rowsOf('a,"b,""c""\nd"\r\n\n,"",x\n')).deep.equal({
      rows: [
        ["a", 'b,"c"\nd'],
        ["", "", "x"],
      ],
      lines: [1, 4],
      cutOff: false,
    }));

  it("may write a quote after a backslash", () =>
    expect(rowsOf('"{\\"a\\": \\"\\\\n\\"}","x\\y"', { delimiter: ",", escape: "\\" }).rows).deep.equal([
      ['{"a": "\\n"}', "x\\y"],
    ]));

  it("are cut off in an open quote", () => expect(rowsOf('a,"b').cutOff).equal(true));

  it("are recovered from any text, however it is cut", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", ";", "é") });
    const delimiter = fc.constantFrom(",", ";", "\t", "|");
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })),
        delimiter,
        fc.array(fc.nat()),
        (rows, delimiter, cuts) => {
          const text = rows
            .map((row) => `${row.map((cell) => `"${cell.replace(/"/g, '""')}"`).join(delimiter)}\r\n`)
            .join("");
          expect(rowsOf(text, { delimiter, escape: '"' }, cuts).rows).deep.equal(
            rows.filter(({ length }) => length > 0),
          );
        },
      ),
    );
  });

  it("are recognized with their delimiter by the expected names", () => {
    const hasName = (rows: string[][]) => rows[0]?.includes("eventName") ?? false;
    expect(dialectOf("eventName;x\n1;2", hasName)).deep.equal({ delimiter: ";", escape: '"' });
    expect(dialectOf('x\teventName\n1\t"{\\"a\\":1}"', hasName)).deep.equal({
      delimiter: "\t",
      escape: "\\",
    });
    expect(dialectOf("hello, world", hasName)).equal(undefined);
  });
});
