import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { generatedFiles } from "../../../scripts/docs/files";

const root = join(__dirname, "../../..");

describe("generated files", () => {
  for (const [path, text] of Object.entries(generatedFiles))
    it(`${path} is up to date (else: npm run docs)`, async () => {
      expect(readFileSync(join(root, path), "utf8")).to.equal(await text());
    });
});
