"use strict";

// Loads TypeScript in a process that starts with another program: `node --require ./cli/register.js program.ts`.
require("./typescript.js").register();
