/*
 * Compiles assembly/json-scanner.ts into handlers/cloudtrail/json-scanner-wasm.ts. Needed only after a change to the
 * former; a test fails when it was forgotten. The compiler (100 MB) is fetched by npx, not a dependency of the project.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const compiler = "assemblyscript@0.28.20";
const root = join(__dirname, "..");
const source = join(root, "assembly", "json-scanner.ts");

const folder = mkdtempSync(join(tmpdir(), "cloudtrailer-scanner-"));
try {
  const wasm = join(folder, "json-scanner.wasm");
  const options =
    "-O3 --runtime stub --enable simd --noAssert --importMemory --zeroFilledMemory --noExportMemory";
  execFileSync(
    "npx",
    ["--yes", `--package=${compiler}`, "asc", source, ...options.split(" "), "--outFile", wasm],
    { stdio: "inherit" },
  );
  const hash = createHash("sha256").update(readFileSync(source)).digest("hex");
  const text = readFileSync(wasm).toString("base64");
  const lines = text.match(/.{1,96}/g) ?? [];
  writeFileSync(
    join(root, "handlers", "cloudtrail", "json-scanner-wasm.ts"),
    [
      "// Made by `npm run build:scanner`; do not edit.",
      `// From assembly/json-scanner.ts with ${compiler}; sha256 of the source:`,
      `// ${hash}`,
      "",
      "/** The kernel of the log file reader: WebAssembly, base64. */",
      "export const jsonScannerWasm =",
      `${lines.map((line) => `  "${line}"`).join(" +\n")};`,
      "",
    ].join("\n"),
  );
} finally {
  rmSync(folder, { recursive: true });
}
