import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allVerbs } from "../../cli/verbs";
import { table } from "./markdown";

const begin = "<!-- Generated from cli/ by `npm run docs`. -->\n";
const end = "<!-- End of generated text. -->\n";

/** README.md, with the table of commands generated from the verbs. */
export async function readme(): Promise<string> {
  const text = readFileSync(join(__dirname, "../../README.md"), "utf8");
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from)
    throw new Error(`expected the lines ${begin.trim()} and ${end.trim()} in README.md, found no such pair`);
  const rows = (await allVerbs()).map(({ usage, summary }) => [
    `\`npx cloudtrailer ${usage.replace(" [options]", "")}\``,
    summary,
  ]);
  return `${text.slice(0, from)}${begin}\n${table(["command", "what it does"], rows)}\n\n${text.slice(to)}`;
}
