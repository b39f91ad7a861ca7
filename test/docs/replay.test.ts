import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { containers } from "../../cli/replay/containers/index";
import { forms } from "../../cli/replay/forms/index";

describe("docs/replay.md", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "replay.md"), "utf8").replace(/\s+/g, " ");
  for (const name of [...forms.map(({ name }) => name), ...containers.map(({ form }) => form)])
    it(`has ${name}`, () => expect(page).include(name));
});
