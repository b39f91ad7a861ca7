/**
 * Runs tests, and ends with the line `N passed, N failed`. Two processes more run at once than there are cores: tests on embedded
 * AWS wait a lot. The parts:
 *
 *   unit        everything but embedded AWS, on the source
 *   serialized  test/handlers again, on the text that Pulumi serializes and Lambda runs
 *   e2e         on embedded AWS
 *   share       a share of each campaign of test/faults, on the text that is deployed
 *   engine      with a real Pulumi engine, on embedded AWS
 *   faults      the campaigns of test/faults, whole
 *
 * `npm test` runs the first two and those e2e tests that take a finding from an attack to its rollback: what fits into four minutes
 * on two cores. `npm test -- all` runs everything but `faults`, and so does CI; `npm test -- e2e` runs one part. Further arguments
 * go to mocha: `npm test -- unit --grep exception`.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The Node version of Lambda's runtime. CI must have it; elsewhere the Node that runs this script takes its place. */
const lambdaNode = join(root, "scripts", "lambda-node", "node_modules", ".bin", "node");

/** Tests that have Pulumi serialize in their own process, whose debugger then slows down everything else there. */
const serializing = [
  "test/cli/local/rule-watch.test.ts",
  "test/cli/new.test.ts",
  "test/cli/rules/run-examples.test.ts",
  "test/cli/test.test.ts",
  "test/infra/**/*.test.ts",
  "test/own/**/*.test.ts",
];

/** Tests of the code whose coverage is measured. */
const covering = ["test/handlers/**/*.test.ts", "test/policies/**/*.test.ts"];

/** The tests on embedded AWS that `npm test` runs: from an attack to fix, alert and rollback, each fix against live state. */
const essential = [
  ...["emulator", "exceptions-by-tag", "fast", "loop", "map-runs", "receipts", "store", "table-policy"],
  ...["remediations/deployed", "remediations/ministack"],
].map(inE2e);

/** Tests on embedded AWS that mostly wait, for timers of AWS's that cannot be shortened: a process more, beside all others. */
const waiting = ["events-and-alarms", "resources", "safety"].map(inE2e);

/** About half of the others on embedded AWS: in one process, all of them would take longer than anything else. */
const firstLetters = ["test/e2e/[a-f]*.test.ts"];

const onMoto = [inE2e("remediations/moto")];

/**
 * The processes of each part, in starting order: first the one that fails fast, then the longest. `prepare` starts at once,
 * in its own process beside all others. `npm test` runs those that are `usual`.
 */
const jobs = [
  {
    part: "unit",
    usual: true,
    title: "unit, handlers",
    specs: covering,
    require: ["test/support/without-serializer.cjs"],
    // Programs that its tests start may serialize.
    serializes: true,
    // Coverage is measured on the source, which this part runs; gathering it slows down every process and the functions
    // it deploys.
    coverage: true,
  },
  { part: "e2e", title: "e2e, waiting", specs: waiting, deploys: true, waits: true },
  {
    part: "engine",
    specs: ["test/engine/**/*.test.ts"],
    prepare: "scripts/pulumi-cli.ts",
    deploys: true,
  },
  {
    part: "share",
    title: "share, deployed",
    specs: ["test/faults/deployed/**/*.test.ts"],
    deploys: true,
  },
  {
    part: "e2e",
    title: "e2e, a to f",
    specs: firstLetters,
    ignore: [...essential, ...waiting],
    deploys: true,
  },
  { part: "e2e", usual: true, title: "e2e, essential", specs: essential, deploys: true },
  {
    part: "e2e",
    title: "e2e, the rest",
    specs: ["test/e2e/**/*.test.ts"],
    ignore: [...essential, ...waiting, ...firstLetters, ...onMoto],
    deploys: true,
  },
  {
    part: "serialized",
    usual: true,
    specs: ["test/handlers/**/*.test.ts"],
    prepare: "test/support/serialize-handlers.ts",
    require: ["test/support/typescript.cjs", "test/support/use-serialized.ts"],
    runsOnLambdaNode: true,
  },
  {
    part: "unit",
    usual: true,
    title: "unit, the rest",
    specs: ["test/**/*.test.ts"],
    ignore: ["test/e2e/**", "test/engine/**", "test/faults/**", ...covering, ...serializing],
    require: ["test/support/without-serializer.cjs"],
    serializes: true,
  },
  // The serializer also compares each value with every loaded module: it is slow beside thousands of tests.
  { part: "unit", usual: true, title: "unit, serializing", specs: serializing, serializes: true },
  {
    part: "share",
    title: "share, serialized",
    specs: ["test/faults/*.test.ts"],
    prepare: "test/support/serialize-handlers.ts",
    require: ["test/support/typescript.cjs", "test/support/use-serialized.ts"],
    runsOnLambdaNode: true,
  },
  {
    part: "e2e",
    title: "e2e, moto",
    specs: onMoto,
    prepare: "test/e2e/remediations/install-moto.ts",
    deploys: true,
  },
  {
    part: "faults",
    specs: ["test/faults/deployed/**/*.test.ts"],
    title: "faults, deployed",
    deploys: true,
    whole: true,
  },
  { part: "faults", title: "faults, source", specs: ["test/faults/*.test.ts"], whole: true },
  {
    part: "faults",
    title: "faults, serialized",
    specs: ["test/faults/*.test.ts"],
    prepare: "test/support/serialize-handlers.ts",
    require: ["test/support/typescript.cjs", "test/support/use-serialized.ts"],
    runsOnLambdaNode: true,
    whole: true,
  },
];

const parts = [...new Set(jobs.map(({ part }) => part))];
const [asked = "usual", ...more] = process.argv.slice(2);
if (!["usual", "all", ...parts].includes(asked)) {
  console.error(`expected one of usual, all, ${parts.join(", ")}, found ${JSON.stringify(asked)}`);
  process.exit(2);
}
if (process.env.CI && !existsSync(lambdaNode)) {
  console.error(`expected the Node of Lambda's runtime in CI, found no ${lambdaNode}; run .ci/run`);
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), "cloudtrailer-test-"));
const serializedTexts = join(scratch, "serialized");
mkdirSync(serializedTexts);
const terminal = createTerminal(process.stdout);
const preparations = new Map();
const total = { passes: 0, failures: 0, pending: 0 };
const durations = [];
const failures = [];
try {
  const chosen = jobs.filter(isAsked).map(prepared);
  const queue = chosen.filter(({ waits }) => !waits);
  const worker = async () => {
    while (queue.length > 0) {
      const ready = queue.findIndex(({ preparation }) => preparation === undefined || preparation.done);
      await run(queue.splice(Math.max(ready, 0), 1)[0]);
    }
  };
  const workers = Array.from({ length: 2 + Math.max(2, availableParallelism()) }, worker);
  await Promise.all([...chosen.filter(({ waits }) => waits).map(run), ...workers]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

console.log("\nthe slowest ten:");
for (const { title, milliseconds } of durations.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 10))
  console.log(`${(milliseconds / 1000).toFixed(1).padStart(7)} s  ${title}`);
// Whoever sees only the end of a long run learns what failed.
if (failures.length > 0) console.log("\nfailed:");
for (const { title, message } of failures)
  console.log(`  ${title}\n    ${message.slice(0, 2_000).replaceAll("\n", "\n    ")}`);
// A skipped test proves nothing: it counts as failed.
const failed = total.failures + total.pending;
if (total.pending > 0) console.log(`\n${total.pending} tests were skipped, which counts as failed`);
console.log(`\n${total.passes} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function isAsked({ part, usual = false }) {
  if (asked === "usual") return usual;
  return asked === "all" ? part !== "faults" : part === asked;
}

function inE2e(name) {
  return `test/e2e/${name}.test.ts`;
}

/** Starts what a job needs before it can run; once, whatever needs it. */
function prepared(job) {
  const { prepare } = job;
  if (prepare === undefined) return job;
  if (!preparations.has(prepare)) {
    const preparation = { done: false, output: "" };
    const write = (text) => {
      preparation.output += text;
    };
    preparation.exit = start(process.execPath, ["--require", "./cli/register.js", prepare], {}, write);
    void preparation.exit.then(() => {
      preparation.done = true;
    });
    preparations.set(prepare, preparation);
  }
  return { ...job, preparation: preparations.get(prepare) };
}

async function run(job) {
  const { title = job.part, preparation, specs, ignore = [], require = [] } = job;
  const began = performance.now();
  const page = terminal.open(`\n── ${title}\n`);
  const exitOfPreparation = (await preparation?.exit) ?? 0;
  if (exitOfPreparation !== 0) {
    page.write(`${preparation.output}\n${job.prepare} exited with ${exitOfPreparation}\n`);
    page.close();
    fail(title, `${job.prepare} exited with ${exitOfPreparation}`);
    return;
  }
  const counts = join(scratch, `${title}.json`);
  const exit = await start(
    job.runsOnLambdaNode && existsSync(lambdaNode) ? lambdaNode : process.execPath,
    [
      join("node_modules", "mocha", "bin", "mocha.js"),
      ...["--reporter", join("test", "support", "counting-reporter.cjs")],
      ...(process.stdout.isTTY ? ["--color"] : []),
      // A campaign takes as long as it takes.
      ...(job.whole ? ["--timeout", "0"] : []),
      ...require.flatMap((file) => ["--require", `./${file}`]),
      // A failed hook may leave a server behind, which would keep the run from ending.
      "--exit",
      ...ignore.flatMap((glob) => ["--ignore", glob]),
      ...specs,
      ...more,
    ],
    environmentOf(job, counts),
    page.write,
  );
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  let counted;
  try {
    counted = JSON.parse(readFileSync(counts, "utf8"));
  } catch {
    page.close();
    fail(title, `exited before its tests were counted (${exit})`);
    return;
  }
  page.write(`── ${title}: ${seconds} s\n`);
  page.close();
  for (const key of Object.keys(total)) total[key] += counted[key];
  failures.push(...counted.failed.map((one) => ({ ...one, title: `${title}: ${one.title}` })));
  durations.push(...counted.durations.map((one) => ({ ...one, title: `${title}: ${one.title}` })));
  // Mocha also fails for errors outside of tests, such as an unhandled rejection.
  if (exit !== 0 && counted.failures === 0) fail(title, `exited with ${exit}, though no test failed`);
}

/** Counts a failure that is no test's. */
function fail(title, message) {
  total.failures++;
  failures.push({ title, message });
}

function environmentOf({ coverage, deploys, serializes = deploys, whole }, counts) {
  return {
    CLOUDTRAILER_COUNTS: counts,
    CLOUDTRAILER_FAULTS: whole ? "whole" : "share",
    ...(coverage && process.env.NODE_V8_COVERAGE ? { NODE_V8_COVERAGE: process.env.NODE_V8_COVERAGE } : {}),
    ...(serializes
      ? {
          NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --require ${join(root, "test", "support", "serialize-once.cjs")}`,
          CLOUDTRAILER_SERIALIZED: serializedTexts,
        }
      : {}),
    // The Node that starts the emulator also runs the deployed functions.
    ...(deploys && existsSync(lambdaNode) ? { CLOUDTRAILER_FUNCTION_NODE: lambdaNode } : {}),
  };
}

/** Runs Node in the project's root. @returns its exit code, or the signal that ended it */
function start(node, args, environment, write) {
  const env = {
    ...process.env,
    NODE_V8_COVERAGE: undefined,
    // Node 20 is supported: the SDK is locked to versions that run on it.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    // A team's own rules are tested by test/own; whatever they do, the project's other tests stay as they are.
    CLOUDTRAILER_OWN: join(scratch, "no-own-rules"),
    ...environment,
  };
  const child = spawn(node, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", write);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
}

/** Lets one process at a time write to a stream; the output of the others follows, each in one piece. */
function createTerminal(stream) {
  const pages = [];
  const show = (page) => {
    for (const text of page.waiting.splice(0)) stream.write(text);
  };
  return {
    open(title) {
      const page = { waiting: [title], closed: false };
      pages.push(page);
      if (pages[0] === page) show(page);
      return {
        write(text) {
          page.waiting.push(text);
          if (pages[0] === page) show(page);
        },
        close() {
          page.closed = true;
          while (pages[0]?.closed) {
            show(pages.shift());
            // Finished output is shown before output that is still growing.
            pages.sort((a, b) => Number(b.closed) - Number(a.closed));
          }
          if (pages[0] !== undefined) show(pages[0]);
        },
      };
    },
  };
}
