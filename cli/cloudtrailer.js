#!/usr/bin/env node
"use strict";

// Node 20 is supported here: the SDK is locked to versions that run on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

require("./typescript.js").register();
const { main } = require("./main.ts");

// Who reads the output may have seen enough: `cloudtrailer replay logs | head`.
process.stdout.on("error", (error) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
