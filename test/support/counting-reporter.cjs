/** Mocha's own spec reporter, which also writes how many tests passed, failed and were pending to a file. */
const { writeFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(process.env.CLOUDTRAILER_COUNTS, JSON.stringify({ passes, failures, pending }));
    });
  }
};
