import { existsSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import inAClosure from "./in-a-closure.json";
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

/** Names that Node has at the top of every module: the serializer takes Node's for a rule's own. */
const globals = Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Za-z]\w*$/.test(name));

const isGlobal = `[id.name=/^(${globals.join("|")})$/]`;
const atTop = ["Program", "Program > ExportNamedDeclaration"];

const ownRestrictions = [
  ...inAClosure,
  {
    selector: atTop
      .flatMap((top) => [
        `${top} > FunctionDeclaration${isGlobal}`,
        `${top} > VariableDeclaration > VariableDeclarator${isGlobal}`,
      ])
      .join(", "),
    message: "Node has a global of this name, which a serialized callback gets in its place: choose another.",
  },
  {
    selector: ":not(VariableDeclarator) > Identifier[name='examples']",
    message: "Examples stay here, and never reach the function: the rule cannot use them.",
  },
];

/**
 * Finds what a serialized callback may not hold, as `npm run lint` does in `handlers/`, and imports of what is not in the
 * function. Undefined when ESLint is not installed.
 *
 * @param folder of the rules
 */
export function lintRule(source: string, file: string, folder: string): LintProblem[] | undefined {
  const eslint = loaded<{ Linter: new (options: object) => Linter }>("eslint");
  const typescript = loaded<{ parser: object }>("typescript-eslint");
  if (eslint === undefined || typescript === undefined) return undefined;
  const config = [
    {
      files: ["**/*.ts"],
      languageOptions: { parser: typescript.parser },
      rules: { "no-restricted-syntax": ["error", ...ownRestrictions] },
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
