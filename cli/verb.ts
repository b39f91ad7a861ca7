/** Where a verb writes. */
export interface Io {
  /** One line of the result, to standard output. */
  out(line: string): void;
  /** One line for the person at the terminal, to standard error. */
  err(line: string): void;
  /** Shows, in place, how far the work has come; an empty text removes it. Left out where nobody watches. */
  progress?(text: string): void;
  /** Columns of the terminal that shows the result; left out where it goes to a file or a pipe, which has room. */
  width?: number;
  /** Whether the result may be coloured. */
  color?: boolean;
}

/** An option of a verb: how it is parsed, and what help says about it. */
export interface Option {
  type: "string" | "boolean";
  /** Stands for the value in help: `TEXT`. */
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

/** The arguments of a verb, parsed: `false` and `[]` stand for what was not given. */
export interface Given<O extends Options> {
  values: { [Name in keyof O]: ValueOf<O[Name]> };
  positionals: string[];
}

/**
 * A verb of the command line, which is what its file exports. Help, the table of commands in the README and the errors
 * come from it.
 */
export interface Verb<O extends Options = Options> {
  /** `rollback FINDING --why TEXT [options]` */
  usage: string;
  /** One imperative sentence, without a full stop. */
  summary: string;
  /** More for help, in paragraphs. */
  details?: string;
  options: O;
  /** Does the work. Resolves with the exit code. */
  run(given: Given<O>, io: Io): Promise<number>;
}

/** The arguments were wrong. The message says what was expected and what was found. */
export function usageError(message: string): Error {
  return Object.assign(new Error(message), { code: "ERR_USAGE" });
}

/** Whether an error is about the arguments. */
export function isUsageError(error: unknown): error is Error {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === "ERR_USAGE";
}

/** @throws a usage error when there are arguments besides options */
export function expectNone(positionals: string[]): void {
  if (positionals.length > 0) throw usageError(`expected options only, found ${positionals.join(" ")}`);
}
