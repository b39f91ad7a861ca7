/** Where a verb writes. */
export interface Io {
  /** One line of the result, to standard output. */
  out(line: string): void;
  /** One line for the person at the terminal, to standard error. */
  err(line: string): void;
  /** Shows, in place, how far the work has come; an empty text takes it away. Left out where nobody watches. */
  progress?(text: string): void;
}

/** A verb of the command line: does its work and resolves with the exit code. */
export type Run = (args: string[], io: Io) => Promise<number>;

/** The arguments were wrong. The message says what was expected and what was found. */
export function usageError(message: string): Error {
  return Object.assign(new Error(message), { code: "ERR_USAGE" });
}

/** Whether an error is about the arguments: one of ours, or of `parseArgs`. */
export function isUsageError(error: unknown): error is Error {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code === "ERR_USAGE" || (code?.startsWith("ERR_PARSE_ARGS_") ?? false);
}
