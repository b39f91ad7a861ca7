import { parseArgs } from "node:util";
import { didYouMean } from "../infra/checks";
import { type Given, type Option, type Options, usageError } from "./verb";

/** Options of every verb. */
export const commonOptions = {
  help: { type: "boolean", short: "h", description: "print this help and exit" },
  debug: { type: "boolean", description: "print a stack trace when something fails" },
} as const satisfies Options;

/** An option as written on the command line. */
interface Token {
  name: string;
  /** `--why` or `-w` */
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

/**
 * Parses the arguments of a verb.
 *
 * @throws a usage error that names what was expected, and the closest option to one that does not exist
 */
export function parse<O extends Options>(args: string[], options: O): Given<O> {
  const { tokens, positionals } = parseArgs({
    args,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type, short }]) => [
        name,
        short === undefined ? { type } : { type, short },
      ]),
    ),
    // Checks and messages are our own.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, notGiven(option)]),
  );
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const value = valueOf(token, options);
    if (options[token.name]?.multiple) (values[token.name] as string[]).push(String(value));
    else values[token.name] = value;
  }
  return { values: values as Given<O>["values"], positionals };
}

function notGiven(option: Option): string | string[] | boolean | undefined {
  if (option.multiple) return [];
  return option.type === "boolean" ? false : option.default;
}

/** @throws a usage error for an unknown option, a missing value, or one too many */
function valueOf({ name, rawName, value, inlineValue }: Token, options: Options): string | true {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const known = Object.keys(options).map((one) => `--${one}`);
    throw usageError(`unknown option ${rawName}${didYouMean(rawName, known)}`);
  }
  if (option.type === "boolean") {
    if (value === undefined) return true;
    throw usageError(`expected ${rawName} without a value, found ${JSON.stringify(value)}`);
  }
  const { value: placeholder = "VALUE" } = option;
  if (value === undefined) throw usageError(`expected ${rawName} ${placeholder}, found no value`);
  // The value was probably forgotten, and this is the next option.
  if (!inlineValue && value.startsWith("-"))
    throw usageError(
      `expected ${rawName} ${placeholder}, found ${value} (for a value that starts with a hyphen, use ${rawName}=${value})`,
    );
  return value;
}
