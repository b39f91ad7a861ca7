"use strict";

/*
 * Preloaded into the processes of a test run: Pulumi takes seconds to serialize the handler, and the same code with the same
 * configuration gives the same text. So Pulumi serializes each only once in a run, and the text is cached in the run's folder
 * CLOUDTRAILER_SERIALIZED, under a hash of everything that can make a difference. A callback must not capture what depends on
 * anything else, such as the environment; test/infra/deployed-text.test.ts compares with a text that is not cached.
 */

const { createHash } = require("node:crypto");
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join, sep } = require("node:path");
const { promisify } = require("node:util");

const folder = process.env.CLOUDTRAILER_SERIALIZED;
const root = join(__dirname, "..", "..") + sep;

/**
 * The only configuration that a callback gets (infra/detector.ts, infra/history.ts): its rules, and for hunts the name of the
 * bucket for results. Everything else is in the function's environment, or in other resources.
 */
const inTheText = (callback) =>
  ["rules", ...(callback.includes("createHistoryCallback") ? ["team", "names", "bucketSuffix"] : [])].map(
    (key) => `cloudtrailer:${key}`,
  );

/** A hash of the code that is loaded, of the packages, of Node, of the configuration and of the callback. */
function keyOf(callback, { exportName, isFactoryFunction, allowSecrets }) {
  const hash = createHash("sha256");
  const ours = Object.keys(require.cache).filter(
    (file) => file.startsWith(root) && !file.includes(`${sep}node_modules${sep}`),
  );
  for (const file of [...ours.sort(), join(root, "package-lock.json")])
    hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  const { allConfig } = require("@pulumi/pulumi").runtime;
  const inText = inTheText(callback.toString());
  const config = Object.entries(allConfig()).filter(([key]) => inText.includes(key));
  const rest = [
    process.version,
    exportName,
    isFactoryFunction,
    allowSecrets,
    callback.toString(),
    config.sort(),
  ];
  return hash.update(JSON.stringify(rest)).digest("hex");
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

function onceIn(serialize) {
  return async (callback, options = {}) => {
    const file = join(folder, `${keyOf(callback, options)}.json`);
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
    const serialized = await withDebugger(() => serialize(callback, options));
    // Several processes may do this at once: each puts a complete file in place.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(serialized));
    renameSync(`${file}.${process.pid}`, file);
    return serialized;
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
