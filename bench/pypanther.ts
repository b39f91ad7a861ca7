import { execFile } from "node:child_process";
import { access, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The latest release at the time of writing. */
const version = "0.1.1a62";

/** The time of pypanther's CloudTrail rules alone, without inflating and parsing. */
export interface PypantherReport {
  version: string;
  rules: number;
  records: number;
  recordsPerSecond: number;
}

/**
 * Runs pypanther's rules over the records of some files for a few seconds. Installs it under `.local/` if it is missing.
 *
 * @returns the figures, or why there are none
 */
export async function measurePypanther(
  files: string[],
  seconds: number,
  say: (line: string) => void,
): Promise<PypantherReport | { error: string }> {
  const folder = join(__dirname, "..", ".local", `pypanther-${version}`);
  const python = join(folder, "bin", "python");
  try {
    await access(python).catch(async () => {
      say(`installing pypanther ${version} from PyPI …`);
      try {
        await run("python3", ["-m", "venv", folder]);
        await run(python, ["-m", "pip", "install", "--quiet", `pypanther==${version}`], { timeout: 300_000 });
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
    });
    const script = join(__dirname, "pypanther_bench.py");
    const { stdout } = await run(python, [script, String(seconds), ...files], { timeout: 300_000 });
    const told = JSON.parse(stdout) as { rules: number; records: number; seconds: number };
    const { rules, records } = told;
    return { version, rules, records, recordsPerSecond: Math.round(records / told.seconds) };
  } catch (error) {
    const lines = (error as Error).message.trim().split("\n");
    return { error: lines.at(-1) ?? "unknown" };
  }
}
