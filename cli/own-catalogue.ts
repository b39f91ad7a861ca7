import { loadRules, ownFolder, type RuleProblem } from "../infra/rules/load";
import { lineOf, messageOfRules, type OwnRules, ownRulesOf } from "../infra/rules/own-rules";
import { usageError } from "./verb";

/** What was loaded last. */
let loaded: { from: string; own: OwnRules; problems: RuleProblem[] } | undefined;

function load() {
  const from = ownFolder();
  if (loaded?.from !== from) {
    const rules = loadRules(from, { isLinted: false });
    loaded = { from, own: ownRulesOf(rules), problems: rules.problems };
  }
  return loaded;
}

/**
 * Everything that can be found and fixed here: the catalogue with the team's own rules, which are loaded once.
 *
 * @param warn gets a line for each problem of a rule, and that rule is left out; without it, problems are thrown
 * @throws a usage error that names everything that is wrong with the rules
 */
export function ownCatalogue(warn?: (line: string) => void): OwnRules {
  const { own, problems } = load();
  if (warn === undefined && problems.length > 0) throw usageError(messageOfRules(problems));
  for (const problem of problems) warn?.(`left out: ${lineOf(problem)}`);
  return own;
}

/** The ids of all detections and rules, and of rules that cannot be loaded now: those may be deployed all the same. */
export function knownIds(): string[] {
  const { own, problems } = load();
  const broken = problems.map(({ file }) => file.replace(/^.*[/\\]|\.ts$/g, ""));
  return [...new Set([...own.catalogue.detections.map(({ id }) => id), ...broken])];
}
