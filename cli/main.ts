import { didYouMean } from "../infra/checks";
import { commonOptions, parse } from "./arguments";
import { problemLine } from "./errors";
import { helpOf, overviewOf } from "./help";
import { terminal } from "./terminal";
import { type Io, isUsageError, usageError, type Verb } from "./verb";
import { allVerbs, renamedVerbs, verbs } from "./verbs";

/**
 * `cloudtrailer <verb> …`. Resolves with the exit code: 0; 1 if the verb failed; 2 if the arguments are wrong, or whatever
 * the verb defines.
 *
 * @param args the arguments after the program's name
 */
export async function main(args: string[], io: Io = terminal()): Promise<number> {
  const [name, ...rest] = args[0] === "--debug" ? args.slice(1) : args;
  const program = name !== undefined && Object.hasOwn(verbs, name) ? `cloudtrailer ${name}` : "cloudtrailer";
  try {
    return await dispatch(name, rest, io);
  } catch (error) {
    io.progress?.("");
    const isUsage = isUsageError(error);
    io.err(`${program}: ${problemLine(error)}${isUsage ? `. See ${program} --help` : ""}`);
    if (has(args, "--debug") && error instanceof Error) io.err(error.stack ?? error.message);
    return isUsage ? 2 : 1;
  }
}

async function dispatch(name: string | undefined, args: string[], io: Io): Promise<number> {
  if (name === undefined || isHelp(name)) {
    const lines = args[0] === undefined ? overviewOf(await allVerbs()) : helpOf(await load(args[0]));
    for (const line of lines) io.out(line);
    return name === undefined ? 2 : 0;
  }
  const renamed = Object.hasOwn(renamedVerbs, name) ? renamedVerbs[name] : undefined;
  if (renamed !== undefined) {
    io.err(`cloudtrailer: ${name} is now ${renamed}: npx cloudtrailer ${(await load(renamed)).usage}`);
    return 2;
  }
  const verb = await load(name);
  if (has(args, "--help") || has(args, "-h")) {
    for (const line of helpOf(verb)) io.out(line);
    return 0;
  }
  return verb.run(parse(args, { ...verb.options, ...commonOptions }), io);
}

/** @throws a usage error for a verb that does not exist */
async function load(name: string): Promise<Verb> {
  const loader = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (loader === undefined)
    throw usageError(`unknown verb ${JSON.stringify(name)}${didYouMean(name, Object.keys(verbs))}`);
  return loader();
}

const isHelp = (name: string) => ["help", "--help", "-h"].includes(name);

/** Whether an option is given. Arguments after `--` are not options. */
function has(args: string[], option: string): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).includes(option);
}
