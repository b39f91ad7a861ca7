/*
 * The reader of log files: a closed room, and this is its door. What others see of it is what they want of a log file
 * (wanted.ts), and what they get (log-file.ts).
 */
export {
  createReadInflatedLogFile,
  createReadLogFile,
  type LogFileCounts,
  type LogFileLimits,
  type LogFileSink,
  type ReadLogFile,
} from "./log-file";
export type { FieldHint, HintField, Wanted, WantedEvent } from "./wanted";
