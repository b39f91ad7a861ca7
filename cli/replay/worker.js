"use strict";

// A worker thread starts without the loader of the thread that made it.
require("../typescript.js").register();
require("./worker.ts");
