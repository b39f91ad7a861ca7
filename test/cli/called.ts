import { main } from "../../cli/main";
import type { Io } from "../../cli/verb";

/** Calls the command line, and gathers what it prints. */
export async function called(args: string[], io: Pick<Io, "width" | "color"> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, { ...io, out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}
