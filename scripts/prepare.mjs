// Prepares a fresh clone: checks Node, installs the locked npm packages and the emulator. `npm start` and `npm test` run it
// first. If everything is installed, it only compares files. It needs nothing but Node.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => join(project, ...parts);
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

function checkNode() {
  const { engines } = readJson(at("package.json"));
  const oldest = engines.node.replace(/^>=/, "").split(".").map(Number);
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= (oldest[1] ?? 0))) return;
  throw new Error(
    `expected Node.js ${engines.node}, found ${process.version} (${process.execPath}). ` +
      "Install a newer one from https://nodejs.org, then run this again.",
  );
}

/** Whether node_modules matches package-lock.json; npm keeps its own lock file beside the packages. */
function packagesAreCurrent() {
  const installed = at("node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const there = readJson(installed).packages;
  return Object.entries(readJson(at("package-lock.json")).packages).every(
    ([path, { version, optional, link }]) =>
      path === "" || link || there[path]?.version === version || (optional && !there[path]),
  );
}

/** Disk space for node_modules, MB. */
const packagesMegabytes = 600;

/** npm continues when the disk is full, and exits with 0 with half of the packages. */
function expectSpace(megabytes) {
  const { bavail, bsize } = statfsSync(project);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= megabytes) return;
  throw new Error(
    `expected ${megabytes} MB of free disk space in ${project}, found ${free} MB. ` +
      "Free some, then run this again.",
  );
}

function installPackages() {
  expectSpace(packagesMegabytes);
  console.log("installing npm packages");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // npm settings in the environment could omit the development packages, which npm start needs.
  const { status, error } = spawnSync(npm, ["ci", "--include=dev", "--no-audit", "--no-fund"], {
    cwd: project,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error)
    throw new Error(`could not start npm: ${error.message}. Install it with Node.js, then run this again.`);
  if (status !== 0) throw new Error(`npm ci exited with ${status}; see its message above.`);
  try {
    expectSpace(1);
  } catch (error) {
    // Without it, the next run installs everything again.
    rmSync(at("node_modules", ".package-lock.json"), { force: true });
    throw error;
  }
}

/** The comparison that local/install-emulator.ts makes, without the time it takes to load TypeScript. */
function emulatorIsCurrent() {
  const stamp = at(".local", "venv", "made-from.txt");
  return (
    existsSync(stamp) && readFileSync(stamp, "utf8") === readFileSync(at("local", "requirements.txt"), "utf8")
  );
}

async function installEmulator() {
  const require = createRequire(import.meta.url);
  process.chdir(project);
  require("../cli/register.js");
  await require("../local/install-emulator.ts").installEmulator((line) => console.log(line));
}

try {
  checkNode();
  if (!packagesAreCurrent()) installPackages();
  if (!emulatorIsCurrent()) await installEmulator();
} catch (error) {
  console.error(`\ncloudtrailer is not ready: ${error.message}`);
  process.exitCode = 1;
}
