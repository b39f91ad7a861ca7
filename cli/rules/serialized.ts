import Module from "node:module";
import { join } from "node:path";
import type { Rule } from "../../handlers/rules/rule";
import { linkedTextOf } from "../../infra/linked-text";

/** Compiles a text as a module. https://nodejs.org/api/modules.html */
type Compiled = Module & { _compile(text: string, path: string): void };

/**
 * Rules as the function has them: serialized by Pulumi, linked, and loaded again.
 *
 * @throws Error with what Pulumi says of a rule that it cannot serialize
 */
export async function serializedRules(rules: Rule[]): Promise<Rule[]> {
  const text = await linkedTextOf(() => rules, false);
  const path = join(__dirname, "..", "..", "__index.js");
  const loaded = new Module(path) as Compiled;
  // As in the function: packages are found from the project's folder.
  loaded.paths = module.paths;
  loaded._compile(text, path);
  return (loaded.exports as { handler(): Rule[] }).handler();
}

/** Why Pulumi cannot serialize a rule. */
export interface Unserializable {
  /** `match captures known, which it cannot: it was a native code function` */
  reason: string;
  /** What leads there, by name: functions and constants, from the rule on. */
  names: string[];
}

/** Reads Pulumi's message, a line for each step from the callback to what it cannot carry. */
export function whyNotSerialized(error: unknown): Unserializable {
  const text = String((error as Error).message ?? error);
  const steps = text.slice(text.indexOf("\n\n") + 1).split(/\n(?:\s*Function code|\s*Capturing)/)[0] ?? "";
  // The first two are the callback around the rules, and the list of them.
  const names = [...steps.matchAll(/'([^'\n]+)'/g)].map(([, name = ""]) => name).slice(2);
  const because =
    /because\s+(?:it was )?([^\n]+?)\.?\s*(?:\n|$)/.exec(steps)?.[1] ?? text.split("\n")[0] ?? "";
  const path = names.slice(0, 4).join(" captures ");
  return {
    reason: `${path === "" ? "it" : path}, which cannot be serialized: ${because}`.slice(0, 300),
    names,
  };
}
