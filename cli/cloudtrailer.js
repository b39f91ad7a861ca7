#!/usr/bin/env node
"use strict";

// Node 20 is supported here: the SDK is locked to versions that run on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Ends with what went wrong, in one line; `--debug` adds where. */
function fail(error) {
  const [message] = String(error?.message || error).split("\n");
  // A package that was added since the last installation.
  const remedy = error?.code === "MODULE_NOT_FOUND" ? ': run "npm install" first' : "";
  process.stderr.write(`cloudtrailer: ${message}${remedy}\n`);
  if (process.argv.includes("--debug")) process.stderr.write(`${error?.stack ?? ""}\n`);
  process.exit(1);
}

// What nobody waits for, such as a connection that breaks while all is being ended.
process.on("uncaughtException", fail);

// A reader may have seen enough: `cloudtrailer replay logs | head`.
process.stdout.on("error", (error) => {
  if (error.code === "EPIPE") process.exit(0);
  fail(error);
});

try {
  require("./typescript.js").register();
} catch (error) {
  fail(error);
}

require("./main.ts")
  .main(process.argv.slice(2))
  .then((code) => {
    process.exitCode = code;
  }, fail);
