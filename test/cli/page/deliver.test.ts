import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deliverPage, expectPage, openerOf } from "../../../cli/page/deliver";

describe("a page", () => {
  const io = () => {
    const out: string[] = [];
    const err: string[] = [];
    return { out, err, io: { out: (line: string) => out.push(line), err: (line: string) => err.push(line) } };
  };

  it("is printed unless a file is named or it is to be opened", async () => {
    const { out, err, io: own } = io();
    await deliverPage("<p>\n", { output: undefined, open: false }, own);
    expect({ out, err }).to.deep.equal({ out: ["<p>"], err: [] });
  });

  it("is written to a file that only this user may read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cloudtrailer-deliver-"));
    const output = join(folder, "a.html");
    const { out, err, io: own } = io();
    await deliverPage("<p>\n", { output, open: false }, own);
    expect(readFileSync(output, "utf8")).to.equal("<p>\n");
    expect(statSync(output).mode & 0o777).to.equal(0o600);
    expect({ out, err }).to.deep.equal({ out: [], err: [`wrote ${output}`] });
    rmSync(folder, { recursive: true });
  });

  it("is opened from a temporary file, and kept if nothing can open it", async () => {
    for (const fails of [false, true]) {
      const { err, io: own } = io();
      const opened: string[] = [];
      await deliverPage("<p>", { output: undefined, open: true }, own, async (file) => {
        opened.push(file);
        if (fails) throw new Error("spawn xdg-open ENOENT");
      });
      const [file = ""] = opened;
      expect(readFileSync(file, "utf8")).to.equal("<p>");
      expect(err).to.deep.equal([
        `wrote ${file}`,
        ...(fails ? ["unable to open a browser (spawn xdg-open ENOENT): open the file yourself"] : []),
      ]);
      rmSync(dirname(file), { recursive: true });
    }
  });

  it("is opened without a shell, whatever the name", () => {
    expect(openerOf("linux", "a b.html")).to.deep.equal(["xdg-open", ["a b.html"]]);
    expect(openerOf("darwin", "a b.html")).to.deep.equal(["open", ["a b.html"]]);
    expect(openerOf("win32", "a b.html")).to.deep.equal(["explorer.exe", ["a b.html"]]);
  });

  it("is expected where its options are given", () => {
    expect(() => expectPage({ format: "table", output: undefined, open: true })).to.throw(
      /expected --open with --format html/,
    );
    expect(() => expectPage({ format: "csv", output: "x", open: false })).to.throw(
      /--output with --format html/,
    );
    expectPage({ format: "html", output: "x", open: true });
  });
});
