import { didYouMean } from "../infra/checks";
import { commonOptions, parse } from "./arguments";
import { problemLine } from "./errors";
import { helpOf, overviewOf } from "./help";
import { terminal } from "./terminal";
import { type Io, isUsageError, usageError, type Verb } from "./verb";
import { allVerbs, renamedVerbs, verbs } from "./verbs";

/**
 * `cloudtrailer <verb> …`. Resolves with the exit code: 0; 1 when it could not be done; 2 when the arguments are wrong, or
 * what else the verb means by it.
 *
 * @param args what follows the program's name
 */
export async function main(args: string[], io: Io = terminal()): Promise<number> {
  const debug = has(args, "--debug");
  const [name, ...rest] = args[0] === "--debug" ? args.slice(1) : args;
  let program = "cloudtrailer";
  try {
    if (name === undefined || isHelp(name) || (name === "help" && rest.length === 0)) {
      for (const line of overviewOf(await allVerbs())) io.out(line);
      return name === undefined ? 2 : 0;
    }
    const renamed = Object.hasOwn(renamedVerbs, name) ? renamedVerbs[name] : undefined;
    if (renamed !== undefined) {
      io.err(`cloudtrailer: ${name} is now ${renamed}: npx cloudtrailer ${(await load(renamed)).usage}`);
      return 2;
    }
    const asked = name === "help" ? String(rest[0]) : name;
    const verb = await load(asked);
    program = `cloudtrailer ${asked}`;
    if (name === "help" || has(rest, "--help") || has(rest, "-h")) {
      for (const line of helpOf(verb)) io.out(line);
      return 0;
    }
    return await verb.run(parse(rest, { ...verb.options, ...commonOptions }), io);
  } catch (error) {
    io.progress?.("");
    io.err(`${program}: ${problemLine(error)}${isUsageError(error) ? ` (see ${program} --help)` : ""}`);
    if (debug && error instanceof Error) io.err(error.stack ?? error.message);
    return isUsageError(error) ? 2 : 1;
  }
}

/** @throws a usage error for a verb that does not exist */
function load(name: string): Promise<Verb> {
  const loader = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (loader === undefined)
    throw usageError(`unknown verb ${JSON.stringify(name)}${didYouMean(name, Object.keys(verbs))}`);
  return loader();
}

const isHelp = (arg: string) => arg === "--help" || arg === "-h";

/** Whether an option is given; what follows `--` are no options. */
function has(args: string[], option: string): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).includes(option);
}
