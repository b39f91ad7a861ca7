import { existsSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { readSource } from "./source";

/** Something in a file of a team's own that the function cannot hold. */
export interface LintProblem {
  line: number;
  column: number;
  message: string;
}

interface Linter {
  verify(
    code: string,
    config: object[],
    options: { filename: string },
  ): { line: number; column: number; message: string; fatal?: boolean }[];
}

/** What rules are written with. */
export const kitModule = "cloudtrailer/rule";

/** What `npm run lint` goes by in `handlers/`: part of the project's tools, not of the program. */
const tools = join(__dirname, "..", "..", "scripts", "lint");

const examplesStayHere = {
  selector: ":not(VariableDeclarator) > Identifier[name='examples']",
  message: "Examples stay here, and never reach the function: the rule cannot use them.",
};

/**
 * Finds what a serialized callback may not hold, as `npm run lint` does in `handlers/`, and imports of what is not in the
 * function. Undefined when ESLint is not installed.
 *
 * @param folder of the rules
 */
export function lintRule(source: string, file: string, folder: string): LintProblem[] | undefined {
  const eslint = loaded<{ Linter: new (options: object) => Linter }>("eslint");
  const typescript = loaded<{ parser: object }>("typescript-eslint");
  const closures = loaded<{ default: object }>(join(tools, "closures.mjs"));
  if (eslint === undefined || typescript === undefined || closures === undefined) return undefined;
  const inAClosure = require(join(tools, "in-a-closure.json")) as object[];
  const config = [
    {
      files: ["**/*.ts"],
      languageOptions: { parser: typescript.parser },
      plugins: { closures: closures.default },
      rules: {
        "no-restricted-syntax": ["error", ...inAClosure, examplesStayHere],
        "closures/no-global-name": "error",
        "closures/define-before-capture": "error",
      },
    },
  ];
  const found = new eslint.Linter({ configType: "flat" }).verify(source, config, {
    filename: file.split(sep).pop() ?? "",
  });
  // A file that is not TypeScript is reported when it is loaded.
  const closure = found.filter(({ fatal }) => fatal !== true);
  return [...closure, ...wrongImports(source, file, folder)].sort((a, b) => a.line - b.line);
}

function loaded<Module>(name: string): Module | undefined {
  try {
    return require(name) as Module;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** Imports, but of types, that lead neither to the kit, to Node's own modules, nor to a file beside the rules. */
function wrongImports(source: string, file: string, folder: string): LintProblem[] {
  return readSource(source)
    .imports.filter(({ name }) => !isInTheFunction(name, file, folder))
    .map(({ name, line, column }) => ({
      line,
      column,
      message: `expected an import of "${kitModule}", of Node's own modules, or of a file in own/; found ${JSON.stringify(name)}`,
    }));
}

function isInTheFunction(name: string, file: string, folder: string): boolean {
  if (!name.startsWith("."))
    return name === kitModule || name.startsWith("node:") || builtinModules.includes(name);
  return !relative(folder, resolve(dirname(file), name)).startsWith("..");
}

/** The files beside a rule that it imports, by their paths. */
export function importedFiles(source: string, file: string): string[] {
  return readSource(source)
    .imports.filter(({ name }) => name.startsWith("."))
    .map(({ name }) => join(dirname(file), name.endsWith(".ts") ? name : `${name}.ts`))
    .filter((path) => existsSync(path));
}
