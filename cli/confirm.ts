import { createInterface } from "node:readline/promises";
import { maxWhy } from "../handlers/findings/person-request";
import { usageError } from "./verb";

/** A reason that the function keeps. @throws a usage error without one */
export function reasonIn(why: string | undefined): string {
  if (!why?.trim())
    throw usageError("expected --why TEXT with the reason, for those who read the finding later");
  if (why.length > maxWhy)
    throw usageError(`expected --why TEXT of at most ${maxWhy} characters, found ${why.length}`);
  return why;
}

/** A script that cannot answer must say `--yes`. @throws a usage error @param instead of `--yes` */
export function expectAnswer(yes: boolean | undefined, instead = "--yes"): void {
  if (!yes && !process.stdin.isTTY)
    throw usageError(`expected ${instead}, since there is no terminal to ask for confirmation`);
}

/** Asks on the terminal. @param question `Roll it back?` */
export async function confirmed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
