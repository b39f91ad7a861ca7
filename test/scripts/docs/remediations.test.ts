import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { remediations } from "../../../handlers/remediations/index";
import { notBroughtBack, proofOf, proofs, withoutReceipt } from "../../../scripts/docs/remediations";
import { scenarios } from "../../e2e/remediations/scenarios/index";

const ids = remediations.map(({ id }) => id);

describe("where remediations are proven", () => {
  it("is given for each of them", () => {
    for (const id of ids) expect(Object.keys(proofs)).to.include(proofOf(id));
  });

  it("is given only for existing remediations", () => {
    const told = [...scenarios.ministack, ...scenarios.moto].map(({ id }) => id);
    expect(ids).to.include.members([...told, ...Object.keys(notBroughtBack), ...withoutReceipt]);
  });

  it("has scenarios with unique names", () => {
    for (const list of Object.values(scenarios)) {
      const names = list.map(({ id, what = "" }) => `${id} ${what}`);
      expect(new Set(names).size).to.equal(names.length);
    }
  });

  it("has rollbacks that restore nothing if the scenario says so", () => {
    for (const { id, irreversible } of [...scenarios.ministack, ...scenarios.moto])
      if (irreversible !== undefined) expect(withoutReceipt).to.include(id);
  });

  // In these, `planned` (test/support/planning.ts) checks every plan call by call.
  const folder = join(__dirname, "../../handlers/remediations");
  const unit = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  for (const id of ids.filter((one) => proofOf(one) === "service model"))
    it(`has a test that plans ${id}, and so checks its calls`, () => {
      const name = `fix-${id}`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      const used = unit.split(name).length > 2; // Not just imported.
      expect(used || unit.includes(`"${id}"`), `a plan of ${name}`).to.equal(true);
    });
});
