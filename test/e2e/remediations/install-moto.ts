import { execFile } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { findPython, localFolder } from "../../../local/install-emulator";

/** moto's server has services and calls that MiniStack lacks (GuardDuty, Security Hub, Organizations), and no permissions. */
const requirement = "moto[server]==5.2.5";

const environmentFolder = join(localFolder, "venv-moto");

/** Installs moto if it is missing. @returns the Python that has it */
export async function installMoto(): Promise<string> {
  const python = join(environmentFolder, "bin", "python");
  if (existsSync(join(environmentFolder, "bin", "moto_server"))) return python;
  mkdirSync(localFolder, { recursive: true });
  const run = promisify(execFile);
  await run(await findPython(), ["-m", "venv", environmentFolder]);
  const quietly = ["--quiet", "--disable-pip-version-check", "--no-input"];
  await run(python, ["-m", "pip", "install", ...quietly, requirement]);
  return python;
}

if (require.main === module) void installMoto();
