import { expect } from "chai";
import { stripVTControlCharacters } from "node:util";
import { WriteStream } from "node:tty";
import stringWidth from "string-width";
import { type Column, fitted, styleOfSeverity, table, terminal, truncated } from "../../cli/terminal";

const columns: Column[] = [
  { title: "ID" },
  { title: "SEVERITY", styleOf: styleOfSeverity },
  { title: "TECHNIQUE", optional: true },
  { title: "COUNT", align: "right" },
  { title: "TITLE", least: 10 },
];
const rows = [
  ["iam-user-created", "critical", "T1136.003", "12", "A user was created by somebody"],
  ["s3-public", "low", "T1530", "3", "Ein Eimer für 公開バケット公開バケット"],
];

describe("a table", () => {
  it("is as wide as its cells if nothing limits it", () => {
    expect(table(columns, rows, {})).to.deep.equal([
      "ID                SEVERITY  TECHNIQUE  COUNT  TITLE",
      "iam-user-created  critical  T1136.003     12  A user was created by somebody",
      "s3-public         low       T1530          3  Ein Eimer für 公開バケット公開バケット",
    ]);
  });

  it("cuts what may be cut, with an ellipsis, before it omits a column", () => {
    expect(table(columns, rows, { width: 60 })).to.deep.equal([
      "ID                SEVERITY  TECHNIQUE  COUNT  TITLE",
      "iam-user-created  critical  T1136.003     12  A user was cr…",
      "s3-public         low       T1530          3  Ein Eimer für…",
    ]);
    expect(table(columns, rows, { width: 50 })).to.deep.equal([
      "ID                SEVERITY  COUNT  TITLE",
      "iam-user-created  critical     12  A user was cre…",
      "s3-public         low           3  Ein Eimer für …",
    ]);
  });

  it("fits any width, whatever it has to cut", () => {
    for (let width = 1; width <= 100; width++)
      for (const line of table(columns, rows, { width, color: true }))
        expect(stringWidth(line), `${width}: ${line}`).to.be.at.most(width);
  });

  it("is colored where possible, with the same layout", () => {
    const plain = table(columns, rows, { width: 60 });
    const colored = table(columns, rows, { width: 60, color: true });
    expect(colored[1]).to.include("\u001b[");
    expect(colored.map((line) => stripVTControlCharacters(line))).to.deep.equal(plain);
    expect(plain.join("")).not.to.include("\u001b");
  });

  it("gives columns their widths without a terminal", () => {
    expect(fitted(columns, [16, 8, 9, 5, 30], undefined)).to.deep.equal([16, 8, 9, 5, 30]);
  });
});

describe("a text that is cut", () => {
  it("has an ellipsis, and only whole characters", () => {
    expect(truncated("abcdef", 6)).to.equal("abcdef");
    expect(truncated("abcdef", 5)).to.equal("abcd…");
    expect(truncated("公開バケット", 6)).to.equal("公開…");
    expect(truncated("👨‍👩‍👧‍👦family", 4)).to.equal("👨‍👩‍👧‍👦f…");
    expect(truncated("abc", 0)).to.equal("");
  });
});

describe("the terminal", () => {
  const stream = (own: object) => {
    const written: string[] = [];
    return {
      written,
      stream: { write: (text: string) => written.push(text), ...own } as unknown as NodeJS.WriteStream,
    };
  };

  it("shows invisible characters as escapes, whoever prints them", () => {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream & {
      fd: 1;
    };
    const io = terminal({ stdout: stream, stderr: stream as never });
    io.out("a\u202eb\u200b\tc\u001b[31md\u009b2J");
    io.err("\ufeffe\nf");
    expect(written).to.deep.equal(["a\\u202eb\\u200b\tc\u001b[31md\\u009b2J\n", "\\ufeffe\nf\n"]);
  });

  it("has a width and perhaps color; a file or a pipe has neither", () => {
    const tty = stream({ isTTY: true, columns: 72, hasColors: () => true }).stream;
    const pipe = stream({}).stream;
    expect(terminal({ stdout: tty as never, stderr: pipe as never })).to.include({ width: 72, color: true });
    const io = terminal({ stdout: pipe as never, stderr: pipe as never });
    expect(io).not.to.have.any.keys("width", "color", "progress");
  });

  it("is not colored where NO_COLOR is set", () => {
    const { hasColors, getColorDepth } = WriteStream.prototype;
    const environment = { ...process.env };
    Object.assign(process.env, { NO_COLOR: "1", TERM: "xterm-256color" });
    // Node treats an unknown CI as one without colors.
    for (const name of ["FORCE_COLOR", "CI"]) delete process.env[name];
    try {
      const tty = stream({ isTTY: true, columns: 72, hasColors, getColorDepth }).stream;
      expect(terminal({ stdout: tty as never, stderr: tty as never }).color).to.equal(false);
      delete process.env.NO_COLOR;
      expect(terminal({ stdout: tty as never, stderr: tty as never }).color).to.equal(true);
    } finally {
      for (const name of ["NO_COLOR", "TERM", "FORCE_COLOR", "CI"]) delete process.env[name];
      Object.assign(process.env, environment);
    }
  });

  it("shows progress on one line that does not wrap, and no more often than can be seen", () => {
    const { written, stream: stderr } = stream({ isTTY: true, columns: 20, hasColors: () => false });
    const { progress } = terminal({ stdout: stderr as never, stderr: stderr as never });
    progress?.("a path that is longer than twenty columns");
    for (let i = 0; i < 50; i++) progress?.("more");
    progress?.("");
    expect(written.slice(0, 1)).to.deep.equal(["\r\u001b[2Ka path that is lon…"]);
    expect(written.length).to.be.lessThan(52);
    expect(written.at(-1)).to.equal("\r\u001b[2K");
  });
});
