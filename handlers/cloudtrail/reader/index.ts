/*
 * The reader of log files. Everything outside this folder imports this file alone: what to read (wanted.ts), and what comes of
 * it (log-file.ts).
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
