import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { maxHints } from "../../handlers/cloudtrail/reader/index";
import { detections as catalogue } from "../../handlers/detections/index";
import type { Examples } from "../../handlers/rules/examples";
import type { Rule } from "../../handlers/rules/rule";
import type { Problem } from "../checks";
import { checkExamples, checkId, checkRule } from "./check-rule";
import { importedFiles, lintRule } from "./lint";
import { readSource, type RuleSource } from "./source";

/** The project's folder. */
const root = join(__dirname, "..", "..");

/** Names another folder of own rules, for tests of this project. */
export const folderVariable = "CLOUDTRAILER_OWN";

/** Something that is wrong with a rule, and where. */
export interface RuleProblem {
  /** From the project's folder: `own/ec2-prod-untagged.ts`. */
  file: string;
  line: number;
  column?: number;
  /** What was expected, what was found, and what to do, in one line. */
  message: string;
}

/** A rule that was checked. */
export interface LoadedRule {
  rule: Rule;
  examples: Examples;
  /** Absolute. */
  file: string;
}

/** What a folder of own rules holds. */
export interface LoadedRules {
  /** Absolute. */
  folder: string;
  rules: LoadedRule[];
  problems: RuleProblem[];
  /** Why something was not checked: tools that are not installed. */
  unchecked?: string;
}

/** Makes the next loading read the files of a folder again, which Node otherwise loads once. */
export function forgetRules(folder: string): void {
  for (const file of Object.keys(require.cache))
    if (file.startsWith(join(folder, sep))) delete require.cache[file];
}

/** The folder of the team's own rules. */
export function ownFolder(): string {
  return process.env[folderVariable] || join(root, "own");
}

/**
 * Loads every `<id>.ts` of a folder, without any index, and checks it: the rule and its examples, the events and actions that it
 * names, and what a serialized callback may not hold. A rule with problems is left out, and its problems are in the list.
 *
 * @param isLinted whether to look for what a serialized callback may not hold, which takes a second
 */
export function loadRules(
  folder = ownFolder(),
  { isLinted = true }: { isLinted?: boolean } = {},
): LoadedRules {
  const loaded: LoadedRules = { folder, rules: [], problems: [] };
  const files = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
    : [];
  for (const { name } of files.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(folder, name);
    if (/\.(?:[cm]?js|[cm]ts|[jt]sx)$/.test(name))
      loaded.problems.push({
        file: shownPath(file),
        line: 1,
        message: `expected a rule as ${name.replace(/\.\w+$/, ".ts")}`,
      });
    else if (/(?<!\.d)\.ts$/.test(name)) loadRule(file, loaded, isLinted);
  }
  reportTooMany(loaded);
  return loaded;
}

function reportTooMany(loaded: LoadedRules): void {
  const isOnEvery = ({ events }: { events: readonly string[] }) => events.includes("*");
  const room = maxHints - catalogue.filter(isOnEvery).length;
  const surplus = loaded.rules.filter(({ rule }) => isOnEvery(rule)).slice(room);
  for (const { file } of surplus) {
    const { line, column } = readSource(readFileSync(file, "utf8")).placeOf("rule.events");
    const message = `rule.events: expected at most ${room} rules on every event (\`*\`), found one more: name its events`;
    loaded.problems.push({ file: shownPath(file), line, column, message });
  }
  loaded.rules = loaded.rules.filter((rule) => !surplus.includes(rule));
}

/** A path from the project's folder. */
export function shownPath(file: string): string {
  return relative(root, file);
}

function loadRule(file: string, loaded: LoadedRules, isLinted: boolean): void {
  const source = readFileSync(file, "utf8");
  const problems: RuleProblem[] = [];
  const id = file.replace(/^.*[/\\]|\.ts$/g, "");
  const wrongId = checkId(id);
  if (wrongId !== undefined) problems.push(placed(wrongId, file, readSource(source)));
  if (isLinted) problems.push(...lintProblems(file, source, loaded));
  const exported = exportsOf(file, source, problems);
  if (exported !== undefined && problems.length === 0) {
    const { rule, examples } = checkedExports(exported, { id, file, source }, problems);
    if (rule !== undefined && examples !== undefined) loaded.rules.push({ rule, examples, file });
  }
  loaded.problems.push(...problems);
}

/** What the rule, and the files beside it that it imports, may not hold. */
function lintProblems(file: string, source: string, loaded: LoadedRules): RuleProblem[] {
  const files = [file];
  for (const one of files)
    for (const imported of importedFiles(one === file ? source : readFileSync(one, "utf8"), one))
      if (!files.includes(imported)) files.push(imported);
  return files.flatMap((one) => {
    const found = lintRule(one === file ? source : readFileSync(one, "utf8"), one, loaded.folder);
    if (found === undefined)
      loaded.unchecked = "what a serialized callback may not hold, since ESLint is not installed: npm ci";
    return (found ?? []).map((problem) => ({ file: shownPath(one), ...problem }));
  });
}

function checkedExports(
  exported: Record<string, unknown>,
  { id, file, source }: { id: string; file: string; source: string },
  problems: RuleProblem[],
): { rule?: Rule; examples?: Examples } {
  const report = (problem: Problem) => problems.push(placed(problem, file, readSource(source)));
  const missing = (name: string, type: string) =>
    report({
      key: name,
      expected: `\`export const ${name}: ${type} = …\``,
      found: Object.keys(exported).join(", ") || "no exports",
    });
  if (exported.rule === undefined) {
    missing("rule", "Rule");
    return {};
  }
  const { rule, problems: ofRule } = checkRule(exported.rule, id);
  for (const problem of ofRule) report(problem);
  if (exported.examples === undefined) {
    missing("examples", "Examples");
    return {};
  }
  if (rule === undefined) return {};
  const { examples, problems: ofExamples } = checkExamples(exported.examples, rule);
  for (const problem of ofExamples) report(problem);
  return { rule, ...(examples === undefined ? {} : { examples }) };
}

/** What a file exports. When it cannot be loaded, that is a problem. */
function exportsOf(
  file: string,
  source: string,
  problems: RuleProblem[],
): Record<string, unknown> | undefined {
  // Its own line, not that of what it was compiled to. Libraries that format stack traces would keep Node from finding it.
  process.setSourceMapsEnabled(true);
  const formats = Error as { prepareStackTrace?: unknown };
  const { prepareStackTrace } = formats;
  delete formats.prepareStackTrace;
  try {
    return { ...(require(file) as Record<string, unknown>) };
  } catch (error) {
    const problem = problemOfLoading(error as NodeJS.ErrnoException, file, source);
    // An import that the function could not have, either, is reported already.
    if (!problems.some(({ line }) => line === problem.line)) problems.push(problem);
    return undefined;
  } finally {
    if (prepareStackTrace !== undefined) formats.prepareStackTrace = prepareStackTrace;
  }
}

function problemOfLoading(error: NodeJS.ErrnoException, file: string, source: string): RuleProblem {
  const syntax = /\((\d+),(\d+)\): error TS\d+: (.*)/.exec(error.message);
  if (syntax !== null)
    return {
      file: shownPath(file),
      line: Number(syntax[1]),
      column: Number(syntax[2]),
      message: syntax[3] ?? "",
    };
  const [message = ""] = error.message.split("\n");
  const wanted = /^Cannot find module '([^']+)'/.exec(message)?.[1];
  const place =
    wanted === undefined
      ? placeIn(error, file)
      : readSource(source).imports.find(({ name }) => name === wanted);
  const { line = 1, column = 1 } = place ?? {};
  return { file: shownPath(file), line, column, message: `it cannot be loaded: ${message}` };
}

/** Where in a file an error was thrown; undefined when its stack does not lead through the file. */
export function placeIn(error: unknown, file: string): { line: number; column: number } | undefined {
  const { stack = "" } = (error ?? {}) as { stack?: string };
  const at = stack.indexOf(`${file}:`);
  const [, line, column] = /^:(\d+):(\d+)/.exec(at < 0 ? "" : stack.slice(at + file.length)) ?? [];
  return line === undefined ? undefined : { line: Number(line), column: Number(column) };
}

/** A problem, with the place of its value. */
function placed({ key, expected, found }: Problem, file: string, source: RuleSource): RuleProblem {
  return {
    file: shownPath(file),
    ...source.placeOf(key),
    message: `${key}: expected ${expected}; found ${found}`,
  };
}
