/** Where a verb writes. */
export interface Io {
  /** One line of the result, to standard output. */
  out(line: string): void;
  /** One line for the person at the terminal, to standard error. */
  err(line: string): void;
  /** Shows progress in place; an empty text removes it. Omitted if nobody watches. */
  progress?(text: string): void;
  /** Width of the terminal that shows the result; omitted for a file or a pipe, which have no limit. */
  width?: number;
  /** Whether the result may be colored. */
  color?: boolean;
}

/** An option of a verb: how it is parsed, and what help says about it. */
export interface Option {
  type: "string" | "boolean";
  /** Placeholder for the value in help: `TEXT`. */
  value?: string;
  /** One letter. */
  short?: string;
  /** May be given several times. */
  multiple?: true;
  default?: string;
  /** A phrase without a full stop. Help adds the default. */
  description: string;
}

/** Options by name. */
export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O extends { multiple: true }
  ? string[]
  : O extends { type: "boolean" }
    ? boolean
    : O extends { default: string }
      ? string
      : string | undefined;

/** The parsed arguments of a verb: `false` and `[]` stand for options that were not given. */
export interface Given<O extends Options> {
  values: { [Name in keyof O]: ValueOf<O[Name]> };
  positionals: string[];
}

/**
 * A verb of the command line: what its file exports. Help, the table of commands in the README and errors are generated
 * from it.
 */
export interface Verb<O extends Options = Options> {
  /** `rollback FINDING --why TEXT [options]` */
  usage: string;
  /** One imperative sentence, without a full stop. */
  summary: string;
  /** Further paragraphs of help. */
  details?: string;
  options: O;
  /** Runs the verb. Resolves with the exit code. */
  run(given: Given<O>, io: Io): Promise<number>;
}

/** An error about wrong arguments. The message says what was expected and what was found. */
export function usageError(message: string): Error {
  return Object.assign(new Error(message), { code: "ERR_USAGE" });
}

/** Whether an error is about the arguments. */
export function isUsageError(error: unknown): error is Error {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === "ERR_USAGE";
}

/** @throws a usage error if there are arguments besides options */
export function expectNone(positionals: string[]): void {
  if (positionals.length > 0) throw usageError(`expected options only, found ${positionals.join(" ")}`);
}
