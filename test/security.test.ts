import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const root = join(__dirname, "..");

describe("the threat model in SECURITY.md", () => {
  const rows = readFileSync(join(root, "SECURITY.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (?:who could|---)/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

  it("has rows with what stops somebody, what does not, and tests", () => {
    expect(rows.length).to.be.above(20);
    for (const row of rows)
      expect(
        row.filter((cell) => cell !== ""),
        row[0],
      ).to.have.length(4);
  });

  for (const [what = "", , , heldBy = ""] of rows)
    it(`names tests that exist: ${what}`, () => {
      const named = [...heldBy.matchAll(/`(test\/[^`]+\.test\.ts)`: "([^"]+)"/g)];
      expect(named.map(([whole]) => whole).join("; "), "nothing but tests").to.equal(heldBy);
      expect(named).not.to.deep.equal([]);
      for (const [, file = "", title = ""] of named) {
        expect(existsSync(join(root, file)), file).to.equal(true);
        const text = readFileSync(join(root, file), "utf8");
        const isThere = ['"', "`"].some((quote) =>
          ["it", "describe"].some((word) => text.includes(`${word}(${quote}${title}${quote}`)),
        );
        expect(isThere, `${file}: ${title}`).to.equal(true);
      }
    });
});
