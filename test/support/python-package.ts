import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { installEmulator, localFolder } from "../../local/install-emulator";

/**
 * Installs a Python package in an environment of its own, unless it is there.
 *
 * @param requirement pinned: `awscli==1.45.11`
 * @param name the environment's folder, below `.local/`
 * @returns the Python that has it
 */
export async function pythonWith(requirement: string, name: string): Promise<string> {
  const folder = join(localFolder, name);
  const python = join(folder, "bin", "python");
  const done = join(folder, `${requirement.replace(/[^\w.=-]/g, "_")}.installed`);
  if (existsSync(done)) return python;
  mkdirSync(localFolder, { recursive: true });
  const run = promisify(execFile);
  // Pip is the emulator's: installing one of its own takes as long as a package.
  const { python: emulators } = await installEmulator();
  await run(emulators, ["-m", "venv", "--without-pip", folder]);
  const { stdout } = await run(python, ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]);
  // Few of the modules are used, and Python compiles those.
  const options = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"];
  await run(emulators, ["-m", "pip", "install", ...options, "--target", stdout.trim(), requirement]);
  writeFileSync(done, "");
  return python;
}
