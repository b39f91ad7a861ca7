import { join } from "node:path";
import { expect } from "chai";
import { type PlacedResult, tryRules } from "../../cli/rules/try-rules";
import { loadRules } from "../../infra/rules/load";
import { lineOf } from "../../infra/rules/own-rules";

const own = join(__dirname, "../../own");

// What `npx cloudtrailer test` says, for the team's own rules and for the gallery.
for (const [name, folder] of [
  ["own/", own],
  ["own/examples/", join(own, "examples")],
] as const) {
  const loaded = loadRules(folder);

  describe(`the rules in ${name}`, () => {
    let results: PlacedResult[];
    let problems: string[];

    before(async () => {
      const tried = await tryRules(loaded.rules);
      results = tried.results;
      problems = [...loaded.problems, ...tried.problems].map(lineOf);
    });

    it("have no problems", () => {
      expect(problems).to.deep.equal([]);
    });

    for (const { rule } of loaded.rules)
      it(`do what their examples say: ${rule.id}`, () => {
        const ofRule = results.filter((result) => result.rule === rule.id);
        expect(ofRule).not.to.deep.equal([]);
        expect(ofRule.flatMap(({ differences }) => differences.map(lineOf))).to.deep.equal([]);
      });
  });
}
