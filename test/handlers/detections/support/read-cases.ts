import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Cases } from "./cases";

/** The cases of one detection, and their path. */
export interface CasesFile {
  /** `iam/iam-user-created` */
  path: string;
  id: string;
  cases: Cases;
}

const tests = join(__dirname, "..");
const suffix = ".cases.ts";

/** Reads all files with cases. @throws Error that names a file that does not export `cases` */
export function readCases(): CasesFile[] {
  return casePaths().map((path) => {
    const { cases } = require(join(tests, `${path}${suffix}`)) as { cases?: Cases };
    if (cases === undefined)
      throw new Error(`expected test/handlers/detections/${path}${suffix} to export \`cases\``);
    return { path, id: path.slice(path.indexOf("/") + 1), cases };
  });
}

function casePaths(): string[] {
  return readdirSync(tests, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => readdirSync(join(tests, entry.name)).map((file) => `${entry.name}/${file}`))
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();
}
