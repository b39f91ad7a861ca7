/**
 * Runs all tests and ends with the line `N passed, N failed`. Fast ones first:
 *
 *   unit        everything but embedded AWS, on the source
 *   serialized  the tests of handlers/ once more, on the text that Pulumi serializes and Lambda runs
 *   e2e         on embedded AWS, which is started once for all of them
 *
 * `npm test -- unit` runs one part; what follows it goes to mocha: `npm test -- unit --grep exception`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Folders of test/ that are no tests, or run by commands of their own (test:engine). */
const others = ["e2e", "engine", "support"];

const folders = readdirSync(join(root, "test"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !others.includes(entry.name))
  .map((entry) => entry.name);

const parts = {
  unit: { folders },
  serialized: {
    folders: ["handlers"],
    before: ["--require", "ts-node/register", join("test", "support", "serialize-handlers.ts")],
    require: join("test", "support", "use-serialized.ts"),
  },
  e2e: { folders: ["e2e"] },
};

const [asked, ...more] = process.argv.slice(2);
if (asked !== undefined && !Object.hasOwn(parts, asked)) {
  console.error(`expected one of ${Object.keys(parts).join(", ")}, found ${JSON.stringify(asked)}`);
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), "cloudtrailer-test-"));
const total = { passes: 0, failures: 0, pending: 0 };
try {
  for (const name of asked === undefined ? Object.keys(parts) : [asked]) run(name, parts[name]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
// A test that is switched off proves nothing: it counts as failed.
const failed = total.failures + total.pending;
if (total.pending > 0) console.log(`${total.pending} tests were skipped, which counts as failed`);
console.log(`${total.passes} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function run(name, part) {
  console.log(`\n${name}`);
  const counts = join(scratch, `${name}.json`);
  // Coverage is of the source, which the first part runs; gathering it slows down the others and every function they deploy.
  const { NODE_V8_COVERAGE: coverage, ...environment } = process.env;
  const env = {
    ...environment,
    ...(name === "unit" && coverage !== undefined ? { NODE_V8_COVERAGE: coverage } : {}),
    CLOUDTRAILER_COUNTS: counts,
    // Node 20 is supported here: the SDK is locked to versions that run on it.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const node = (args) => spawnSync(process.execPath, args, { cwd: root, env, stdio: "inherit" });
  if (part.before !== undefined && node(part.before).status !== 0) {
    total.failures++;
    return;
  }
  const { status } = node([
    join("node_modules", "mocha", "bin", "mocha.js"),
    ...["--reporter", join("test", "support", "counting-reporter.cjs")],
    ...(part.require === undefined ? [] : ["--require", "ts-node/register", "--require", part.require]),
    // A hook that failed may leave a server behind, which would keep the run from ending.
    "--exit",
    ...part.folders.map((folder) => `test/${folder}/**/*.test.ts`),
    ...more,
  ]);
  let counted;
  try {
    counted = JSON.parse(readFileSync(counts, "utf8"));
  } catch {
    console.log(`the ${name} tests ended before they could be counted (exit ${status})`);
    total.failures++;
    return;
  }
  for (const key of Object.keys(total)) total[key] += counted[key];
  // Mocha fails too for what no test caught, such as a rejection that nobody awaited.
  if (status !== 0 && counted.failures === 0) total.failures++;
}
