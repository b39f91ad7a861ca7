"use strict";

const { readFileSync } = require("node:fs");

/**
 * This process's peak memory since it started, in bytes. On Linux, what Node returns includes the process that started it.
 *
 * Source: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 */
function peakBytes() {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

module.exports = { peakBytes };
