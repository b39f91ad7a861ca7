import { cut } from "../../handlers/alerts/clean";

/** What a person must know about a file besides its findings. JSON only. */
export interface Problem {
  /**
   * `unreadable`: it could not be read. `damaged`: part of it could not be read. `foreign`: its form is not understood.
   * `passed-over`: it is understood and has no records by nature. `note`: nothing is wrong.
   */
  kind: "unreadable" | "damaged" | "foreign" | "passed-over" | "note";
  /** The file: a path or `s3://bucket/key`, and the entry of an archive after `!`. */
  name: string;
  reason: string;
  /** Whether a person named it, and not just the folder, prefix or archive that contains it. */
  isNamed: boolean;
}

/** Files named per group. */
const maxNames = 5;

/** Whether a problem means that not every byte was understood. */
export function isLoss({ kind }: Problem): boolean {
  return kind === "unreadable" || kind === "damaged" || kind === "foreign";
}

/** Problems reported when the file has been read; the others are gathered and reported at the end. */
export function isReportedAtOnce({ kind, isNamed }: Problem): boolean {
  return ["unreadable", "damaged", "note"].includes(kind) || (kind === "foreign" && isNamed);
}

/** One line about one problem. */
export function lineOf({ kind, name, reason }: Problem): string {
  const begins = {
    unreadable: "unable to read ",
    damaged: "unable to read all of ",
    foreign: "unable to read ",
    "passed-over": "passed over ",
    note: "",
  }[kind];
  return `${begins}${shown(name)}: ${shown(reason)}`;
}

/** The report at the end: how many files without records there were of each kind, and which. */
export function linesOfGroups(problems: Problem[]): string[] {
  const foreign = problems.filter(({ kind }) => kind === "foreign");
  const passedOver = problems.filter(({ kind }) => kind === "passed-over");
  return [
    ...linesOfGroup(
      foreign,
      " that are not understood",
      (problem) => `${extensionOf(problem.name)}\0${problem.reason}`,
    ),
    ...linesOfGroup(passedOver, " that have no records", ({ reason }) => `${reason}\0`),
  ];
}

function linesOfGroup(problems: Problem[], which: string, keyOf: (problem: Problem) => string): string[] {
  if (problems.length === 0) return [];
  if (problems.length === 1) return [lineOf(problems[0] as Problem)];
  const groups = new Map<string, Problem[]>();
  for (const problem of problems)
    groups.set(keyOf(problem), [...(groups.get(keyOf(problem)) ?? []), problem]);
  const counts = new Map<string, number>();
  for (const [key, { length }] of groups) {
    const what = key.split("\0")[0] as string;
    counts.set(what, (counts.get(what) ?? 0) + length);
  }
  const summary = [...counts].map(([what, count]) => `${count} ${shown(what)}`).join(", ");
  const lines = [`passed over ${problems.length} files${which}: ${summary}`];
  for (const [key, group] of groups) {
    const [what = "", reason = ""] = key.split("\0");
    const named = group.slice(0, maxNames).map(({ name }) => shown(name));
    if (group.length > named.length) named.push(`${group.length - named.length} more`);
    lines.push(
      `  ${group.length} ${shown(what)}${reason === "" ? "" : `: ${shown(reason)}`}: ${named.join(", ")}`,
    );
  }
  return lines;
}

/** `.csv`, of a file or an entry of an archive. */
function extensionOf(name: string): string {
  const extension = /[^/\\!](\.[A-Za-z0-9]{1,8}(?:\.(?:gz|bz2|zst))?)$/.exec(name)?.[1];
  return extension?.toLowerCase() ?? "without an extension";
}

/** One line. Content of files is hostile: no terminal escape in it may reach the terminal. */
function shown(text: string): string {
  return cut(text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " "), 1000);
}
