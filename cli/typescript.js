"use strict";

/*
 * Lets Node load this project's TypeScript as ts-node does with `transpileOnly`, but caches the output: the second start of
 * a command neither loads the compiler nor transpiles anything. It uses the same compiler with the same options
 * (test/cli/typescript.test.ts compares it with ts-node), because Pulumi serializes what is loaded here into the function.
 */

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname, join, relative, sep } = require("node:path");

const root = dirname(__dirname);
const folder = join(root, ".local", "cache", "transpiled");

/**
 * Makes Node load `.ts` files below the project's root, except those of packages. Idempotent. Throws if the npm packages are
 * not installed.
 *
 * @param options.sourceMaps whether stack traces and coverage refer to the TypeScript; costs a little at each start
 */
function register({ sourceMaps = false } = {}) {
  if (require.extensions[".ts"] !== undefined) return;
  if (sourceMaps) process.setSourceMapsEnabled(true);
  const config = readFileSync(join(root, "tsconfig.json"));
  const compiler = readInstalled(join(root, "node_modules", "typescript", "package.json"));
  const basis = createHash("sha256").update(config).update(compiler).digest("hex");
  require.extensions[".ts"] = (module, path) => {
    const source = readFileSync(path, "utf8");
    module._compile(transpiled(path, source, basis, sourceMaps || isOwnRule(path)), path);
  };
}

/** Errors in a team's own rules are reported with their lines (infra/rules/load.ts). */
function isOwnRule(path) {
  const own = process.env.CLOUDTRAILER_OWN || join(root, "own");
  return path.startsWith(join(own, sep));
}

function readInstalled(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    throw new Error(`the npm packages are not installed: run "npm install" in ${root} first`, {
      cause: error,
    });
  }
}

/** The JavaScript of one TypeScript file, from the cache or from the compiler, which then fills the cache. */
function transpiled(path, source, basis, sourceMaps) {
  const name = relative(root, path);
  const key = createHash("sha256").update(basis).update(name).update("\0").update(source).digest("hex");
  const cached = join(folder, name.split(sep).join("~"));
  const mark = `// ${key}\n`;
  try {
    const text = readFileSync(`${cached}${sourceMaps ? ".map" : ""}.js`, "utf8");
    if (text.startsWith(mark)) return text.slice(mark.length);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  const code = transpile(path, source, sourceMaps);
  if (sourceMaps) keep(`${cached}.map.js`, mark + code);
  // Tests start programs that load the same files without maps.
  keep(`${cached}.js`, mark + withoutMap(code));
  return code;
}

const withoutMap = (code) => code.replace(/\n\/\/# sourceMappingURL=data:[^\n]*\s*$/, "\n");

/** Puts a file into the cache. */
function keep(file, text) {
  try {
    mkdirSync(folder, { recursive: true });
    const fresh = `${file}.${process.pid}.${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
    writeFileSync(fresh, text);
    // Several processes may do this at once: each puts a complete file in place.
    renameSync(fresh, file);
  } catch (error) {
    // If the folder is not writable, the next start is slower, nothing else.
    if (!["EACCES", "EPERM", "EROFS", "ENOSPC", "ENOENT"].includes(error.code)) throw error;
  }
}

/** The compiler, and the project's options for it; loaded when the first file is not in the cache. */
let compiler;

function loadCompiler() {
  const ts = createRequire(join(root, "package.json"))("typescript");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  return { ts, options };
}

/** Transpiles one file with the project's options. Throws on syntax errors. */
function transpile(path, source, sourceMaps = false) {
  compiler ??= loadCompiler();
  const { ts, options } = compiler;
  const mapping = sourceMaps ? { inlineSourceMap: true, inlineSources: true } : {};
  const { outputText, diagnostics } = ts.transpileModule(source, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { ...options, noEmit: false, sourceMap: false, ...mapping },
  });
  const wrong = (diagnostics ?? []).filter(({ category }) => category === ts.DiagnosticCategory.Error);
  if (wrong.length > 0)
    throw new SyntaxError(
      ts.formatDiagnostics(wrong, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => "\n",
      }),
    );
  return outputText;
}

module.exports = { register, transpile, withoutMap };
