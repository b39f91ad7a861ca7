import { readFileSync } from "node:fs";
import { join } from "node:path";
import type * as typescript from "typescript";
import { type RuleProblem, shownPath } from "../../infra/rules/load";

const root = join(__dirname, "..", "..");

/** Problems of one file that are shown: the first ones usually explain the others. */
const maxShown = 5;

/**
 * What TypeScript says of rules, which `tsc` says of the whole project: a misspelled member, a missing argument. Only these
 * files are checked, so that it takes a few seconds.
 *
 * @param files absolute
 */
export function typeProblems(files: string[]): RuleProblem[] {
  if (files.length === 0) return [];
  const ts = require("typescript") as typeof typescript;
  const { config } = ts.parseConfigFileTextToJson(
    "tsconfig.json",
    readFileSync(join(root, "tsconfig.json"), "utf8"),
  ) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  // Declarations of packages that rules do not use would only take time.
  const program = ts.createProgram(files, { ...options, noEmit: true, skipLibCheck: true, types: ["node"] });
  return files.flatMap((path) => {
    const file = program.getSourceFile(path);
    if (file === undefined) return [];
    return program
      .getSemanticDiagnostics(file)
      .slice(0, maxShown)
      .map(({ start = 0, messageText }) => {
        const { line, character } = file.getLineAndCharacterOfPosition(start);
        const [message = ""] = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n").slice(-1);
        return { file: shownPath(path), line: line + 1, column: character + 1, message: message.trim() };
      });
  });
}
