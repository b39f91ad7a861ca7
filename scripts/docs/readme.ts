import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allVerbs } from "../../cli/verbs";
import { between, table } from "./markdown";
import { costsTable } from "./trails";

const begin = "<!-- Generated from cli/ by `npm run docs`. -->\n";
const beginCosts = "<!-- Generated from infra/costs.ts by `npm run docs`. -->\n";
const endCosts = "<!-- End of generated costs. -->\n";
const end = "<!-- End of generated text. -->\n";

/** README.md, with the tables of commands and costs generated from the verbs and from the estimate. */
export async function readme(): Promise<string> {
  const text = readFileSync(join(__dirname, "../../README.md"), "utf8");
  const rows = (await allVerbs()).map(({ usage, summary }) => [
    `\`npx cloudtrailer ${usage.replace(" [options]", "")}\``,
    summary,
  ]);
  const withCommands = between(text, begin, end, table(["command", "what it does"], rows));
  return between(withCommands, beginCosts, endCosts, costsTable());
}
