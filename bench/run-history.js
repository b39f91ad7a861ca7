"use strict";

/*
 * Measures the function for old log files with one kind of files, in its own process, which can be bound to some cores:
 *
 *     taskset -c 0 node run-history.js "small files"
 *
 * Prints one line of JSON.
 */

require("../cli/typescript.js").register();

require("./history.ts")
  .measureKindOf(process.argv[2])
  .then((way) => console.log(JSON.stringify(way)))
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
