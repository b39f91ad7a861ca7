import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Cases } from "./cases";

/** The cases of one detection, and where they stand. */
export interface CasesFile {
  /** `iam/iam-user-created` */
  path: string;
  id: string;
  cases: Cases;
}

/** Reads all files of cases. @throws Error that names the file which does not export `cases`. */
export function readCases(): CasesFile[] {
  const folder = join(__dirname, "..", "cases");
  return pathsIn(folder).map((path) => {
    const { cases } = require(join(folder, path)) as { cases?: Cases };
    if (cases === undefined) throw new Error(`expected test/detections/cases/${path}.ts to export \`cases\``);
    return { path, id: path.slice(path.indexOf("/") + 1), cases };
  });
}

/** The detections that have a file: `iam/iam-user-created`, … */
export function detectionPaths(): string[] {
  return pathsIn(join(__dirname, "..", "..", "..", "handlers", "detections")).filter(
    (path) => !path.startsWith("readers/"),
  );
}

function pathsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => readdirSync(join(folder, entry.name)).map((file) => `${entry.name}/${file}`))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
}
