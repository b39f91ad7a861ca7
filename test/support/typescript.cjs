"use strict";

/*
 * Required by mocha: loads TypeScript, with traces and coverage that refer to it.
 *
 * With such traces, a Pulumi program would spend half its time on them: Pulumi takes one for each promise, and shows it when
 * the promise is never settled. Its tests do without.
 */

const Module = require("node:module");

require("../../cli/typescript.js").register({ sourceMaps: true });

const load = Module._load;
Module._load = function (request, parent, isMain) {
  const loaded = load.call(this, request, parent, isMain);
  if (
    request.endsWith("/debuggable") &&
    typeof loaded.debuggablePromise === "function" &&
    !loaded.traceless
  ) {
    const { debuggablePromise } = loaded;
    loaded.traceless = true;
    loaded.debuggablePromise = (...given) => {
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 0;
      try {
        return debuggablePromise(...given);
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
    };
  }
  return loaded;
};
