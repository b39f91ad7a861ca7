import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allVerbs } from "../../cli/verbs";
import { table } from "./markdown";
import { costsTable } from "./trails";

const begin = "<!-- Generated from cli/ by `npm run docs`. -->\n";
const beginCosts = "<!-- Generated from infra/costs.ts by `npm run docs`. -->\n";
const endCosts = "<!-- End of generated costs. -->\n";
const end = "<!-- End of generated text. -->\n";

/** The text with other content between two lines. */
function between(text: string, first: string, last: string, content: string): string {
  const from = text.indexOf(first);
  const to = text.indexOf(last);
  if (from < 0 || to < from)
    throw new Error(`expected the lines ${first.trim()} and ${last.trim()} in README.md, found no such pair`);
  return `${text.slice(0, from)}${first}\n${content}\n\n${text.slice(to)}`;
}

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
