import { readFileSync } from "node:fs";
import { join } from "node:path";
import { paperTable, quotas } from "../../bench/scale";
import { between, table } from "./markdown";

const beginPaper = "<!-- Generated from bench/scale.ts by `npm run docs`. -->\n";
const endPaper = "<!-- End of the generated year. -->\n";
const beginQuotas = "<!-- Generated from bench/scale.ts by `npm run docs`, too. -->\n";
const endQuotas = "<!-- End of the generated quotas. -->\n";

/** docs/scale.md, with what `npx cloudtrailer bench scale` computes. */
export function scalePage(): string {
  const text = readFileSync(join(__dirname, "../../docs/scale.md"), "utf8");
  const { head, rows } = paperTable();
  const withPaper = between(text, beginPaper, endPaper, table(head, rows));
  const bounds = quotas().map(({ name, value, means }) => [name, value, means]);
  return between(withPaper, beginQuotas, endQuotas, table(["quota", "value", "what it means here"], bounds));
}
