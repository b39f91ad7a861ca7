import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** The root of this project. */
export const projectFolder = join(__dirname, "..");

/** What runs need and leave behind: the emulator's Python environment and logs. Not under version control. */
export const localFolder = join(projectFolder, ".local");

const requirementsFile = join(__dirname, "requirements.txt");
const environmentFolder = join(localFolder, "venv");

/** Contains the requirements.txt that the environment was created from. scripts/prepare.mjs compares it, too. */
const stampFile = "made-from.txt";

const oldestPython = [3, 10] as const;
const pythonNames = [
  "python3",
  "python3.14",
  "python3.13",
  "python3.12",
  "python3.11",
  "python3.10",
  "python",
];

/** The version of MiniStack that local/requirements.txt pins. */
export const ministackVersion = pinnedVersion(readFileSync(requirementsFile, "utf8"), "ministack");

/** The installed emulator. */
export interface InstalledEmulator {
  /** Path of the environment's Python interpreter. */
  python: string;
  /** Path of botocore's service models (`botocore/data`). */
  models: string;
}

function pinnedVersion(requirements: string, name: string): string {
  const line = requirements.split("\n").find((each) => each.startsWith(`${name}==`));
  if (!line) throw new Error(`expected a line "${name}==…" in ${requirementsFile}, found none.`);
  return line.slice(name.length + 2).trim();
}

interface Run {
  /** Exit code, or the system's error code (`ENOENT`) if the program could not be started. */
  code: number | string;
  stdout: string;
  stderr: string;
}

function run(file: string, args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(file, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr });
    });
  });
}

interface Python {
  file: string;
  version: string;
  /** Whether `venv` and `ensurepip`, which Debian packages separately, are installed. */
  complete: boolean;
}

const describePython = [
  "import importlib.util, sys",
  "print('%d.%d.%d' % sys.version_info[:3])",
  "print(all(importlib.util.find_spec(name) for name in ('venv', 'ensurepip')))",
].join("; ");

async function describe(file: string): Promise<Python | undefined> {
  const { code, stdout } = await run(file, ["-c", describePython]);
  const [version, complete] = stdout.trim().split("\n");
  if (code !== 0 || !version) return undefined;
  return { file, version, complete: complete === "True" };
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldestPython[0] || (major === oldestPython[0] && minor >= oldestPython[1]);
}

/**
 * The Python for the environment: `PYTHON` if it is set, or the first on PATH that is new enough.
 *
 * @throws Error that says what was expected, what was found and what to do.
 */
export async function findPython(
  names: readonly string[] = process.env.PYTHON ? [process.env.PYTHON] : pythonNames,
): Promise<string> {
  const needed = `embedded AWS needs Python ${oldestPython.join(".")} or newer with its venv module`;
  const found = (await Promise.all(names.map(describe))).filter((each) => each !== undefined);
  const recent = found.filter((each) => isNewEnough(each.version));
  const chosen = recent.find((each) => each.complete);
  if (chosen) return chosen.file;
  const [incomplete] = recent;
  if (incomplete) {
    throw new Error(
      `${needed}; ${incomplete.file} is Python ${incomplete.version}, but without venv or ensurepip. ` +
        `Install them (on Debian and Ubuntu: apt-get install python3-venv), then run this again.`,
    );
  }
  const what = found.length
    ? `found only ${found.map((each) => `${each.file} (Python ${each.version})`).join(", ")}`
    : `found none under the names ${names.join(", ")}`;
  throw new Error(
    `${needed}; ${what}. Install one (on Debian and Ubuntu: apt-get install python3 python3-venv; ` +
      `on macOS: brew install python), or set PYTHON to its path, then run this again.`,
  );
}

function interpreter(folder: string): string {
  return join(folder, "bin", "python");
}

function isCurrent(folder: string): boolean {
  const stamp = join(folder, stampFile);
  return (
    existsSync(interpreter(folder)) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === readFileSync(requirementsFile, "utf8")
  );
}

/**
 * Path of botocore's service models, which describe each operation of each service with its wire format.
 *
 * @throws Error if the emulator is not installed
 */
export function botocoreData(): string {
  const libraries = join(environmentFolder, "lib");
  const python = existsSync(libraries)
    ? readdirSync(libraries).find((each) => each.startsWith("python"))
    : undefined;
  const data = python && join(libraries, python, "site-packages", "botocore", "data");
  if (!data || !existsSync(data)) {
    throw new Error(
      `expected botocore's service models below ${libraries}, found none: ` +
        `embedded AWS is not installed. Run "node scripts/prepare.mjs" to install it.`,
    );
  }
  return data;
}

/**
 * Creates a Python environment with the emulator in it.
 *
 * @throws Error whose first line says what failed and what to do; what the program printed follows
 */
export async function makeEnvironment(folder: string, progress: (line: string) => void): Promise<void> {
  const python = await findPython();
  progress(`creating a Python environment with ${python}`);
  const made = await run(python, ["-m", "venv", folder]);
  if (made.code !== 0)
    throw installFailed(
      `"${python} -m venv" failed with ${made.code}`,
      "Check that this Python can create virtual environments, or set PYTHON to one that can.",
      made.stderr || made.stdout,
    );
  progress(`installing MiniStack ${ministackVersion} (90 MB)`);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"];
  const installed = await run(interpreter(folder), [...pip, "--requirement", requirementsFile]);
  if (installed.code !== 0)
    throw installFailed(
      `pip could not install ${requirementsFile} (it exited with ${installed.code})`,
      "Check the network, and pip's settings if you use your own package index, then run this again.",
      installed.stderr,
    );
  await writeFile(join(folder, stampFile), readFileSync(requirementsFile));
}

/** What the system, Python and pip say when the disk is full. */
const noSpace = /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/;

/** An error with the remedy in its first line, because only that may be shown. */
function installFailed(what: string, usualRemedy: string, output: string): Error {
  const remedy = noSpace.test(output)
    ? `The disk is full: free 300 MB where ${localFolder} and ${tmpdir()} are, then run this again.`
    : usualRemedy;
  return new Error(`${what}. ${remedy}\n${tail(output)}`);
}

/** The last lines of a program's output: enough to see the cause. */
export function tail(text: string, lines = 12): string {
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}

/**
 * Installs MiniStack in `.local/venv`, unless this version is already there.
 *
 * The environment is created next to its final place and moved there when it is complete, so neither an interrupted run
 * nor two runs at once leave an incomplete one.
 *
 * @param progress receives one line at a time
 * @throws Error if Python is missing, too old or incomplete, or pip fails
 */
export async function installEmulator(
  progress: (line: string) => void = () => {},
): Promise<InstalledEmulator> {
  if (!isCurrent(environmentFolder)) {
    if (process.platform === "win32") {
      throw new Error(
        "Embedded AWS runs on Linux and macOS; this is Windows. Use the Windows Subsystem for Linux.",
      );
    }
    const fresh = `${environmentFolder}.${process.pid}`;
    try {
      await mkdir(localFolder, { recursive: true });
      await rm(fresh, { recursive: true, force: true });
      await makeEnvironment(fresh, progress);
      if (!isCurrent(environmentFolder)) {
        await rm(environmentFolder, { recursive: true, force: true });
        await rename(fresh, environmentFolder);
      }
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      throw noSpace.test(code) ? installFailed("unable to install the emulator", "", message) : error;
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  return { python: interpreter(environmentFolder), models: botocoreData() };
}

/** A PATH for the emulator whose `node`, which runs its functions, is the one that runs this program. */
export function pathWithThisNode(): string {
  return [join(process.execPath, ".."), process.env.PATH].filter(Boolean).join(delimiter);
}
