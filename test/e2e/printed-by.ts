import { expect } from "chai";
import { main } from "../../cli/main";

/** Runs a verb as the command line does, which must succeed. @returns all that it printed */
export async function printedBy(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const io = { out: (line: string) => void lines.push(line), err: (line: string) => void lines.push(line) };
  const code = await main(args, io);
  expect(code, lines.join("\n")).to.equal(0);
  return lines.join("\n");
}
