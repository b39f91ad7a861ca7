/*
 * The reader of log files. Everything outside this folder imports only this file: what to read (wanted.ts), and the result
 * (log-file.ts).
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
export { maxHints } from "./wanted";
