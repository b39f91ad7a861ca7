import { parseArgs } from "node:util";
import { clean } from "../handlers/alerts/clean";
import type { Plan } from "../handlers/remediations/remediation";
import { type Item, itemsOfTable, type StackAccess, stackAccessFrom, stackOptions } from "./stack-access";
import { type Io, usageError } from "./verb";

/** Outcomes in the order in which they are shown, and their headings. */
const outcomes = {
  fixed: "FIXED",
  planned: "WOULD FIX",
  "already-ok": "ALREADY OK",
  "changed-since": "CHANGED",
  "needs-baseline": "NO BASELINE",
  refused: "REFUSED",
  failed: "FAILED",
  alerted: "ALERTED",
  unfinished: "UNFINISHED",
} as const;

type Column = keyof typeof outcomes;

/** What became of the findings of one detection. */
export interface DetectionReport {
  detection: string;
  findings: number;
  /** `unfinished`: no outcome is written down, since somebody works on it or died at it. */
  outcomes: Partial<Record<Column, number>>;
  /** Fixes that a person has taken back: the ones that should not have been. */
  undone: number;
  /** What was done or would have been done, and how often. */
  fixes: Counted[];
  /** Why nothing was done, or not all, and how often. */
  reasons: Counted[];
  /** Why fixes were taken back, and how often. */
  undoneBecause: Counted[];
}

/** A text, and how often it was found. */
export interface Counted {
  outcome: Column;
  text: string;
  count: number;
}

/** Sums up the findings of a table since a moment (epoch ms), by detection; the one with the most findings first. */
export async function reportOf(stack: StackAccess, since: number): Promise<DetectionReport[]> {
  const reports = new Map<string, DetectionReport>();
  const items = itemsOfTable(stack, {
    FilterExpression: "attribute_exists(about) AND claimedAt >= :since",
    ExpressionAttributeValues: { ":since": { S: new Date(since).toISOString() } },
  });
  for await (const item of items) {
    const id = item.id?.S ?? "";
    const detection = id.slice(id.lastIndexOf("#") + 1);
    let report = reports.get(detection);
    if (report === undefined) {
      report = {
        detection,
        findings: 0,
        outcomes: {},
        undone: 0,
        fixes: [],
        reasons: [],
        undoneBecause: [],
      };
      reports.set(detection, report);
    }
    add(report, item);
  }
  const byCount = (a: Counted, b: Counted) => b.count - a.count || a.text.localeCompare(b.text);
  for (const report of reports.values())
    for (const list of [report.fixes, report.reasons, report.undoneBecause]) list.sort(byCount);
  return [...reports.values()].sort(
    (a, b) => b.findings - a.findings || a.detection.localeCompare(b.detection),
  );
}

function add(report: DetectionReport, item: Item): void {
  const said = item.outcome?.S ?? "";
  const outcome = Object.hasOwn(outcomes, said) ? (said as Column) : "unfinished";
  report.findings++;
  report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
  if (item.reason?.S !== undefined) count(report.reasons, outcome, item.reason.S);
  if (item.plan?.S !== undefined && (outcome === "fixed" || outcome === "planned"))
    count(report.fixes, outcome, (JSON.parse(item.plan.S) as Plan).summary);
  if (item.undoneAt !== undefined) {
    report.undone++;
    count(report.undoneBecause, outcome, item.undoneWhy?.S ?? "");
  }
}

function count(list: Counted[], outcome: Column, text: string): void {
  const known = list.find((one) => one.outcome === outcome && one.text === text);
  if (known === undefined) list.push({ outcome, text, count: 1 });
  else known.count++;
}

/** How many texts of a kind the table shows; JSON has all. */
const maxShown = 5;

/** The report for people. Texts come from records: what could steer a terminal is taken out. */
export function linesOf(reports: DetectionReport[], days: string): string[] {
  if (reports.length === 0) return [`no findings in the last ${days}`];
  const columns = (Object.keys(outcomes) as Column[]).filter((column) =>
    reports.some((report) => report.outcomes[column] !== undefined),
  );
  const rows = [
    ["DETECTION", ...columns.map((column) => outcomes[column]), "UNDONE"],
    ...reports.map((report) => [
      clean(report.detection, 100),
      ...columns.map((column) => String(report.outcomes[column] ?? "")),
      String(report.undone || ""),
    ]),
  ];
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const table = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const details = reports.flatMap((report) => {
    const lines = [
      ...report.fixes.map((one) => ({ ...one, what: one.outcome === "fixed" ? "fixed" : "would fix" })),
      ...report.reasons.map((one) => ({ ...one, what: one.outcome })),
      ...report.undoneBecause.map((one) => ({ ...one, what: "undone" })),
    ];
    const shown = lines.slice(0, 3 * maxShown);
    const left = lines.length - shown.length;
    return lines.length === 0
      ? []
      : [
          "",
          clean(report.detection, 100),
          ...shown.map(
            ({ what, text, count: times }) => `  ${String(times).padStart(4)} × ${what}: ${clean(text, 300)}`,
          ),
          ...(left > 0 ? [`       and ${left} more (--format json)`] : []),
        ];
  });
  return [...table, ...details];
}

/** ms of `7d`, `12h` or `30m`. @throws a usage error for anything else */
export function lengthOf(text: string): number {
  const [, number, unit] = /^(\d{1,4})([dhm])$/.exec(text) ?? [];
  const units: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000 };
  if (number === undefined || unit === undefined)
    throw usageError(`expected --since like 7d, 12h or 30m, found ${JSON.stringify(text)}`);
  return Number(number) * (units[unit] ?? 0);
}

/** The verb `report`. @returns the exit code */
export async function run(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      ...stackOptions,
      since: { type: "string", default: "7d" },
      format: { type: "string", default: "table" },
    },
  });
  const { since, format } = values;
  if (format !== "table" && format !== "json")
    throw usageError(`expected --format table or json, found ${JSON.stringify(format)}`);
  const from = Date.now() - lengthOf(since);
  const reports = await reportOf(stackAccessFrom(values), from);
  if (format === "json")
    io.out(JSON.stringify({ since: new Date(from).toISOString(), detections: reports }, null, 2));
  else for (const line of linesOf(reports, since)) io.out(line);
  return 0;
}
