import { type LoadedRules, loadRules, ownFolder } from "../infra/rules/load";
import { lineOf, messageOfRules, type OwnRules, ownRulesOf } from "../infra/rules/own-rules";
import { usageError } from "./verb";

let loaded: LoadedRules | undefined;

/**
 * Everything that can be found and fixed here: the catalogue with the team's own rules. They are loaded once.
 *
 * @param warn gets a line for each problem of a rule, and that rule is left out; without it, problems are thrown
 * @throws a usage error that names everything that is wrong with the rules
 */
export function ownCatalogue(warn?: (line: string) => void): OwnRules {
  if (loaded?.folder !== ownFolder()) loaded = loadRules(ownFolder(), { isLinted: false });
  if (warn === undefined && loaded.problems.length > 0) throw usageError(messageOfRules(loaded.problems));
  for (const problem of loaded.problems) warn?.(`left out: ${lineOf(problem)}`);
  return ownRulesOf(loaded);
}

/** The ids of all detections and rules, and of rules that cannot be loaded now: those may be deployed all the same. */
export function knownIds(): string[] {
  const { detections } = ownCatalogue(() => undefined).catalogue;
  const broken = (loaded?.problems ?? []).map(({ file }) => file.replace(/^.*[/\\]|\.ts$/g, ""));
  return [...new Set([...detections.map(({ id }) => id), ...broken])];
}
