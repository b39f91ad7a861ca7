#!/usr/bin/env node
"use strict";

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
