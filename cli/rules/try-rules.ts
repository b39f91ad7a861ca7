import { readFileSync } from "node:fs";
import { detectionOf, remediationOf } from "../../handlers/rules/rule";
import { namesOf } from "../../infra/names";
import { excessOf } from "../../infra/permissions";
import { grantsOf } from "../../infra/rules/grants";
import { type LoadedRule, type RuleProblem, shownPath } from "../../infra/rules/load";
import { lineOf } from "../../infra/rules/own-rules";
import { readSource } from "../../infra/rules/source";
import { type ExampleResult, runExamples } from "./run-examples";
import { serializedRules, whyNotSerialized } from "./serialized";

/** Example results, with what is wrong with the rules besides. */
export interface Tried {
  results: PlacedResult[];
  problems: RuleProblem[];
}

/** A result, with the places of its differences. */
export interface PlacedResult extends Omit<ExampleResult, "differences"> {
  differences: RuleProblem[];
}

/**
 * Runs the examples of rules that were loaded: first on their source, then, where they pass, on the text that is deployed. What
 * the serializer loses without a word shows there.
 */
export async function tryRules(rules: LoadedRule[]): Promise<Tried> {
  const problems = tooWide(rules);
  const results: PlacedResult[] = [];
  for (const loaded of rules)
    results.push(...(await runExamples(loaded)).map((result) => placed(result, loaded.file)));
  const sound = rules.filter(({ rule }) =>
    results.every((result) => result.rule !== rule.id || result.differences.length === 0),
  );
  const deployed = await asDeployed(sound);
  problems.push(...deployed.problems);
  for (const loaded of deployed.rules)
    for (const result of await runExamples(loaded))
      if (result.differences.length > 0)
        results.push(
          placed({ ...result, name: `${result.name}, in the text that is deployed` }, loaded.file),
        );
  return { results, problems };
}

function placed({ differences, ...result }: ExampleResult, file: string): PlacedResult {
  const source = readSource(readFileSync(file, "utf8"));
  return {
    ...result,
    differences: differences.map(({ path, message }) => ({
      file: shownPath(file),
      ...source.placeOf(path),
      message: `${path}: ${message}`,
    })),
  };
}

/** Rules as they are deployed. When they cannot be serialized together, each is tried alone, to say which. */
async function asDeployed(rules: LoadedRule[]): Promise<{ rules: LoadedRule[]; problems: RuleProblem[] }> {
  if (rules.length === 0) return { rules: [], problems: [] };
  try {
    const serialized = await serializedRules(rules.map(({ rule }) => rule));
    return {
      rules: rules.map((loaded, index) => ({ ...loaded, rule: serialized[index] ?? loaded.rule })),
      problems: [],
    };
  } catch (error) {
    const [only, ...others] = rules;
    if (only !== undefined && others.length === 0)
      return { rules: [], problems: [unserializable(only, error)] };
    const alone = [];
    for (const rule of rules) alone.push(await asDeployed([rule]));
    return { rules: alone.flatMap((one) => one.rules), problems: alone.flatMap((one) => one.problems) };
  }
}

/** Permissions that IAM could not hold, with every fix on. */
function tooWide(rules: LoadedRule[]): RuleProblem[] {
  const names = namesOf("t".repeat(32), {});
  const config = { mode: "plan" as const, exceptions: [], names };
  return rules.flatMap((loaded) => {
    const detections = { [loaded.rule.id]: { mode: "fix" as const } };
    const grants = grantsOf({ mode: "plan", detections }, [loaded.rule]);
    const fixes = [remediationOf(loaded.rule)].filter((fix) => fix !== undefined);
    return excessOf({ ...config, detections }, [detectionOf(loaded.rule)], fixes, grants).map((found) =>
      problemAt(loaded, "rule.remediation.writes", `expected permissions that IAM can hold, found ${found}`),
    );
  });
}

function problemAt({ file }: LoadedRule, path: string, message: string): RuleProblem {
  return {
    file: shownPath(file),
    ...readSource(readFileSync(file, "utf8")).placeOf(path),
    message: `${path}: ${message}`,
  };
}

function unserializable(loaded: LoadedRule, error: unknown): RuleProblem {
  const { reason, names } = whyNotSerialized(error);
  const source = readSource(readFileSync(loaded.file, "utf8"));
  const place = names.map((name) => source.placeOf(name)).find(({ line }) => line > 1);
  return { file: shownPath(loaded.file), ...(place ?? source.placeOf("rule")), message: reason };
}

/** `PASS`, or `FAIL` with what differed, a line each. */
export function linesOfResult({ rule, name, differences }: PlacedResult): string[] {
  const isPassed = differences.length === 0;
  return [
    `${isPassed ? "PASS" : "FAIL"} ${rule}  ${name}`,
    ...differences.map((difference) => `     ${lineOf(difference)}`),
  ];
}
