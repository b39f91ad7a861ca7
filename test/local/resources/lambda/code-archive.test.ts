import { expect } from "chai";
import { strFromU8, unzipSync } from "fflate";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipArchive } from "../../../../local/resources/lambda/code-archive";

describe("zipArchive", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "code-archive-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("contains texts, files and nested archives", () => {
    const path = join(folder, "data.json");
    writeFileSync(path, "{}");
    const { zip } = zipArchive({
      assets: {
        "index.js": { text: "one" },
        "data.json": { path },
        lib: { assets: { "a.js": { text: "two" } } },
      },
    });
    const files = Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]);
    expect(Object.fromEntries(files)).to.deep.equal({
      "index.js": "one",
      "data.json": "{}",
      "lib/a.js": "two",
    });
  });

  it("makes the same bytes from the same files, in any order", () => {
    const one = zipArchive({ assets: { "a.js": { text: "a" }, "b.js": { text: "b" } } });
    const other = zipArchive({ assets: { "b.js": { text: "b" }, "a.js": { text: "a" } } });
    expect(other.sha256).to.equal(one.sha256);
    expect(Buffer.from(other.zip).equals(Buffer.from(one.zip))).to.equal(true);
  });

  it("distinguishes other code", () => {
    const of = (text: string) => zipArchive({ assets: { "a.js": { text } } }).sha256;
    expect(of("a")).not.to.equal(of("b"));
  });

  it("refuses an archive that it cannot read, and says what it found", () => {
    expect(() => zipArchive({ uri: "https://example.com/code.zip" })).to.throw(/AssetArchive.*found.*uri/);
  });
});
