"use strict";

// A worker thread starts without the loader of its parent thread.
require("../typescript.js").register();
require("./worker.ts");
