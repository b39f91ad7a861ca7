import { join } from "node:path";
import { didYouMean } from "../infra/checks";
import { type LoadedRules, loadRules, ownFolder } from "../infra/rules/load";
import { lineOf } from "../infra/rules/own-rules";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "test [ID…]";
export const summary = "Run the examples of your own rules";
export const details = `Without an ID, tests all rules in own/; an ID may also be one of own/examples/. Each rule is checked first: \
its events and IAM actions exist, it has a hit and a miss, the closure serializer can handle it, and its permissions fit in a \
policy. Then its examples run, on the source and on the text that is deployed, and TypeScript checks its types.

Exit code: 0 if everything passed, 1 if something failed.`;
export const options = {} as const satisfies Options;

export async function run({ positionals }: Given<typeof options>, io: Io): Promise<number> {
  const loaded = chosen(positionals);
  for (const problem of loaded.problems) io.out(`FAIL ${lineOf(problem)}`);
  if (loaded.unchecked !== undefined) io.err(`cloudtrailer test: not checked: ${loaded.unchecked}`);
  if (loaded.rules.length === 0 && loaded.problems.length === 0) {
    io.out("there are no rules in own/ yet: npx cloudtrailer new ID --event EVENT writes one");
    return 0;
  }
  // Pulumi's serializer is loaded when there is something to serialize.
  const { linesOfResult, tryRules } = await import("./rules/try-rules");
  const { results, problems } = await tryRules(loaded.rules);
  for (const result of results) for (const line of linesOfResult(result)) io.out(line);
  const { typeProblems } = await import("./rules/type-problems");
  problems.push(...typeProblems(loaded.rules.map(({ file }) => file)));
  for (const problem of problems) io.out(`FAIL ${lineOf(problem)}`);
  const failed =
    results.filter(({ differences }) => differences.length > 0).length +
    problems.length +
    loaded.problems.length;
  const passed = results.filter(({ differences }) => differences.length === 0).length;
  io.out("");
  io.out(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** The rules that are asked for: all in own/, or those named, which may be examples. */
function chosen(ids: string[]): LoadedRules {
  const own = loadRules();
  if (ids.length === 0) return own;
  const gallery = loadRules(join(ownFolder(), "examples"));
  const known = [own, gallery].flatMap(idsIn);
  for (const id of ids)
    if (!known.includes(id))
      throw usageError(
        `expected the id of a rule in own/, found ${JSON.stringify(id)}${didYouMean(id, known)}`,
      );
  const from = (id: string) => (idsIn(own).includes(id) ? own : gallery);
  return {
    folder: own.folder,
    rules: ids.flatMap((id) => from(id).rules.filter(({ rule }) => rule.id === id)),
    problems: ids.flatMap((id) => from(id).problems.filter(({ file }) => idOf(file) === id)),
    ...(own.unchecked === undefined ? {} : { unchecked: own.unchecked }),
  };
}

/** Rules, and files that are none yet. */
function idsIn({ rules, problems }: LoadedRules): string[] {
  return [...rules.map(({ rule }) => rule.id), ...problems.map(({ file }) => idOf(file))];
}

function idOf(file: string): string {
  return file.replace(/^.*[/\\]|\.\w+$/g, "");
}
