import { createCallback, type Handler } from "../../handlers/index";
import type { PatternRule } from "../../handlers/rules/pattern-rule";
import type { Rule } from "../../handlers/rules/rule";

/** The file with the rules, beside the callback's text: its export `handler` returns them. */
export const rulesFile = "__rules.js";

/**
 * The callback factory with its rules in a file of their own, which can be replaced without serializing the rest again
 * (`npx cloudtrailer local --watch`). Otherwise the same as what `pulumi up` deploys.
 */
export function callbackBeside(patterns: PatternRule[]): () => Handler {
  // In the function, the path is relative to the callback's text.
  return () => createCallback((require("./__rules.js") as { handler(): Rule[] }).handler(), patterns);
}
