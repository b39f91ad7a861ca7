import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Io, type Options, usageError } from "../verb";

/** Options of verbs that can make a page. */
export const pageOptions = {
  output: { type: "string", value: "FILE", description: "with --format html: where to write the page" },
  open: { type: "boolean", description: "with --format html: open the page in the browser" },
} as const satisfies Options;

interface PageValues {
  format: string;
  output: string | undefined;
  open: boolean;
}

/** @throws a usage error for options of a page without one */
export function expectPage({ format, output, open }: PageValues): void {
  if (format !== "html" && (output !== undefined || open))
    throw usageError(`expected ${open ? "--open" : "--output"} with --format html, found --format ${format}`);
}

/** Opens a file in the browser. @throws Error if there is no program for that */
export type OpenFile = (file: string) => Promise<void>;

/** Writes a page to a file and opens it, as asked, or else to standard output. */
export async function deliverPage(
  html: string,
  { output, open }: Omit<PageValues, "format">,
  io: Io,
  openFile: OpenFile = openInBrowser,
): Promise<void> {
  if (output === undefined && !open) return io.out(html.trimEnd());
  // The folder of a temporary file belongs to this user alone.
  const file = output ?? join(await mkdtemp(join(tmpdir(), "cloudtrailer-")), "report.html");
  await writeFile(file, html, { mode: 0o600 });
  io.err(`wrote ${file}`);
  if (!open) return;
  try {
    await openFile(file);
  } catch (error) {
    io.err(`unable to open a browser (${(error as Error).message}): open the file yourself`);
  }
}

async function openInBrowser(file: string): Promise<void> {
  const [program, args] = openerOf(process.platform, file);
  const child = spawn(program, args, { detached: true, stdio: "ignore" });
  await once(child, "spawn");
  child.unref();
}

/** The program that opens files, and its arguments. */
export function openerOf(platform: NodeJS.Platform, file: string): [program: string, args: string[]] {
  if (platform === "darwin") return ["open", [file]];
  return platform === "win32" ? ["explorer.exe", [file]] : ["xdg-open", [file]];
}
