"use strict";

// Loads TypeScript in a process that runs another program: `node --require ./cli/register.js program.ts`.
require("./typescript.js").register();
