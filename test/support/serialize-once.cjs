"use strict";

/*
 * Preloaded into the processes of a test run: Pulumi takes seconds to serialize the handler, and the same code with the same
 * configuration gives the same text. So Pulumi serializes each only once in a run, and the text is cached in the run's folder
 * CLOUDTRAILER_SERIALIZED, under a hash of everything that can make a difference. A callback must not capture what depends on
 * anything else, such as the environment; test/infra/deployed-text.test.ts compares with a text that is not cached.
 */

const { createHash } = require("node:crypto");
const { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join, sep } = require("node:path");
const { setTimeout: pause } = require("node:timers/promises");
const { promisify } = require("node:util");

const folder = process.env.CLOUDTRAILER_SERIALIZED;
const root = join(__dirname, "..", "..") + sep;

/** Where the team's own rules are, of which a callback is made besides the project's code. */
const ownRules = () => process.env.CLOUDTRAILER_OWN || join(root, "own");

/**
 * The only configuration that a callback gets (infra/detector.ts, infra/history.ts). Everything else is in the function's
 * environment, or in other resources.
 */
const inTheText = ["cloudtrailer:rules"];

/** TypeScript files below a folder, sorted. */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map(({ path, name }) => join(path, name))
    .sort();
}

/** The callback of a stack's function (infra/detector.ts, infra/history.ts): of rules it has the configured and the team's own. */
const isOfStack = (callback) =>
  /\bcreate(?:History)?Callback\)\(rules, patterns\)$/.test(callback.toString());

/** Whether a program gives its component rules, which are then in the text. */
const givesRules = (program) => /\brules\b/.test(readFileSync(program, "utf8"));

/**
 * What else a callback may be made of: a program that uses the component with rules of its own, or a module outside of the
 * project's folders, such as rules that a test loads. All others hold nothing of it; which of them are loaded differs from process
 * to process, and would only serialize again.
 */
function otherSources(callback) {
  const folders = ["handlers", "infra", "assembly", "bench", "cli", "local", "policies", "scripts", "test"];
  const ofStack = ["own", ".local", "index.ts", "package.json"];
  const known = [...folders.map((name) => name + sep), ...(isOfStack(callback) ? ofStack : [])].map((name) =>
    join(root, name),
  );
  const programs = join(root, "test", "infra", "programs", sep);
  const mayBeInIt = (file) =>
    file.startsWith(programs)
      ? !isOfStack(callback) || givesRules(file)
      : !known.some((beginning) => file.startsWith(beginning));
  return Object.keys(require.cache).filter(
    (file) => file.startsWith(root) && !file.includes(`${sep}node_modules${sep}`) && mayBeInIt(file),
  );
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/** No test changes it. */
let hashOfProject;

/** A hash of the code, of the packages, of Node, of the configuration and of the callback; the same in each process. */
function keyOf(callback, { exportName, isFactoryFunction }) {
  hashOfProject ??= hashOf([
    ...["handlers", "infra"].flatMap((name) => filesBelow(join(root, name))),
    join(root, "package-lock.json"),
  ]);
  const others = hashOf([...filesBelow(ownRules()), ...otherSources(callback).sort()]);
  const { allConfig } = require("@pulumi/pulumi").runtime;
  const config = Object.entries(allConfig()).filter(([key]) => inTheText.includes(key));
  const rest = [process.version, exportName, isFactoryFunction, callback.toString(), config.sort()];
  return createHash("sha256")
    .update(JSON.stringify([hashOfProject, others, ...rest]))
    .digest("hex");
}

/** Pulumi switches on V8's debugger for good, which makes everything the process does later several times slower. */
async function withDebugger(work) {
  const session = await require("@pulumi/pulumi/runtime/closure/v8Hooks").getSessionAsync();
  const post = promisify(session.post).bind(session);
  await post("Debugger.enable");
  try {
    return await work();
  } finally {
    await post("Debugger.disable");
  }
}

/** Whether the process still runs that holds a lock. */
function isHeld(lock) {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until this process may make a file, or another one has made it. @returns false if it is there */
async function mayMake(file, lock) {
  while (!existsSync(file)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return true;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!isHeld(lock)) rmSync(lock, { force: true });
      await pause(200);
    }
  }
  return false;
}

function onceIn(serialize) {
  // Two stacks of one program ask at the same time.
  const asked = new Map();
  const make = async (file, callback, options) => {
    const lock = `${file}.lock`;
    if (!(await mayMake(file, lock))) return JSON.parse(readFileSync(file, "utf8"));
    try {
      const serialized = await withDebugger(() => serialize(callback, options));
      // Whoever reads finds a complete file.
      writeFileSync(`${file}.new`, JSON.stringify(serialized));
      renameSync(`${file}.new`, file);
      return serialized;
    } finally {
      rmSync(lock, { force: true });
    }
  };
  return async (callback, options = {}) => {
    const file = join(folder, `${keyOf(callback, options)}.json`);
    if (!asked.has(file)) asked.set(file, make(file, callback, { ...options, allowSecrets: true }));
    const made = await asked.get(file);
    // Pulumi refuses it.
    return made.containsSecrets && !options.allowSecrets ? serialize(callback, options) : made;
  };
}

const load = Module._load;
if (folder !== undefined)
  Module._load = function (request, parent, isMain) {
    const loaded = load.call(this, request, parent, isMain);
    if (request === "./closure/serializeClosure" && !loaded.once) {
      loaded.once = true;
      loaded.serializeFunction = onceIn(loaded.serializeFunction);
    }
    return loaded;
  };
