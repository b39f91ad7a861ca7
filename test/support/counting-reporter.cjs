"use strict";

/*
 * Mocha's own spec reporter, which also writes to the file CLOUDTRAILER_COUNTS how many tests passed, failed and were
 * skipped, which failed and why, and how long each test and hook took.
 */

const { writeFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

const { EVENT_HOOK_END, EVENT_RUN_END, EVENT_TEST_END, EVENT_TEST_FAIL } = Runner.constants;

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const durations = [];
    const note = (one) => {
      if (one.duration > 0) durations.push({ title: one.fullTitle(), milliseconds: one.duration });
    };
    const failed = [];
    runner.on(EVENT_TEST_FAIL, (one, error) => {
      failed.push({ title: one.fullTitle(), message: String(error?.message ?? error) });
    });
    runner.on(EVENT_TEST_END, note);
    runner.on(EVENT_HOOK_END, note);
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(
        process.env.CLOUDTRAILER_COUNTS,
        JSON.stringify({ passes, failures, pending, failed, durations }),
      );
    });
  }
};
