/*
 * Compiles assembly/ into handlers/cloudtrail/reader/kernel-wasm.ts. Run it after a change to the kernel or to the layout of
 * its memory; a test fails if you forget. npx fetches the compiler (100 MB), which is not a dependency of the project.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The compiler, and the optimizer it depends on, which has options that the compiler does not expose. */
const packages = ["assemblyscript@0.28.20", "binaryen@131.0.0-nightly.20260721"];
const compile = [
  "-O3 --runtime stub --enable simd --noAssert --importMemory --zeroFilledMemory --noExportMemory",
  // Vectors are passed only between functions of the kernel.
  "--disableWarning 112",
].join(" ");
// A call costs more than many of the functions themselves, so the stages of the kernel become one function.
const inline =
  "-O3 --enable-simd --enable-bulk-memory --one-caller-inline-max-function-size=10000 --always-inline-max-function-size=100";

const root = join(__dirname, "..");
const reader = join(root, "handlers", "cloudtrail", "reader");
const assembly = join(root, "assembly");

/** The file with the compiled kernel. */
export const compiledFile = join(reader, "kernel-wasm.ts");

/** The hash of everything the kernel is compiled from. */
export function hashOfSource(): string {
  const files = readdirSync(assembly).sort();
  const hash = createHash("sha256").update([...packages, compile, inline, ""].join("\n"));
  for (const file of [...files.map((name) => join(assembly, name)), join(reader, "layout.ts")])
    hash.update(readFileSync(file));
  return hash.digest("hex");
}

function compiled(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "cloudtrailer-kernel-"));
  const run = (tool: string, ...args: string[]) =>
    execFileSync("npx", ["--yes", ...packages.map((name) => `--package=${name}`), tool, ...args], {
      stdio: "inherit",
    });
  try {
    const [wasm, inlined] = [join(folder, "kernel.wasm"), join(folder, "inlined.wasm")];
    run("asc", join(assembly, "kernel.ts"), ...compile.split(" "), "--outFile", wasm);
    run("wasm-opt", wasm, ...inline.split(" "), "-o", inlined);
    return readFileSync(inlined);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function build(): void {
  const lines = compiled()
    .toString("base64")
    .match(/.{1,96}/g) as string[];
  writeFileSync(
    compiledFile,
    [
      "// Made by `npm run build:kernel`; do not edit.",
      `// From assembly/ and layout.ts with ${packages.join(" and ")}; sha256 of all that it is made of:`,
      `// ${hashOfSource()}`,
      "",
      "/** The kernel of the log file reader: WebAssembly, base64. */",
      "export const kernelWasm =",
      `${lines.map((line) => `  "${line}"`).join(" +\n")};`,
      "",
    ].join("\n"),
  );
}

if (require.main === module) build();
