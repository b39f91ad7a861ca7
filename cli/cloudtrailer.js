#!/usr/bin/env node
"use strict";

// Node 20 is supported: the SDK is locked to versions that run on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Exits with one line that says what went wrong; `--debug` adds a stack trace. */
function fail(error) {
  const [message] = String(error?.message || error).split("\n");
  // A package added since the last installation.
  const remedy = error?.code === "MODULE_NOT_FOUND" ? ': run "npm install" first' : "";
  process.stderr.write(`cloudtrailer: ${message}${remedy}\n`);
  if (process.argv.includes("--debug")) process.stderr.write(`${error?.stack ?? ""}\n`);
  process.exit(1);
}

// Errors that nothing awaits, such as a connection that breaks during shutdown.
process.on("uncaughtException", fail);

// The reader may have closed the pipe: `cloudtrailer replay logs | head`.
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
