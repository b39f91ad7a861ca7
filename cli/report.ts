import { clean } from "../handlers/alerts/clean";
import type { Plan } from "../handlers/remediations/remediation";
import {
  accessStack,
  type Item,
  itemsOfTable,
  type StackAccess,
  stackOptions,
  tableOption,
} from "./stack-access";
import { type Column, table, truncated } from "./terminal";
import { expectNone, type Given, type Io, type Options, usageError } from "./verb";

export const usage = "report [options]";
export const summary = "Sum up by detection what was fixed, would have been fixed, or was refused and why";
export const options = {
  since: {
    type: "string",
    value: "TIME",
    default: "7d",
    description: "how far back, such as 7d, 12h or 30m; or from when: 2026-05-04T10:00Z",
  },
  format: {
    type: "string",
    value: "FORMAT",
    default: "table",
    description: "table, or json with every reason",
  },
  ...stackOptions,
  ...tableOption,
} as const satisfies Options;

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
  unproven: "UNPROVEN",
  unfinished: "UNFINISHED",
} as const;

type Outcome = keyof typeof outcomes;

/** What became of the findings of one detection. */
export interface DetectionReport {
  detection: string;
  findings: number;
  /** `unfinished`: no outcome is written down, since somebody works on it or died at it. */
  outcomes: Partial<Record<Outcome, number>>;
  /** Fixes that a person has rolled back: the ones that should not have been made. */
  rolledBack: number;
  /** What was done or would have been done, and how often. */
  fixes: Counted[];
  /** Why nothing was done, or not all, and how often. */
  reasons: Counted[];
  /** Why fixes were rolled back, and how often. */
  rolledBackBecause: Counted[];
}

/** A text, and how often it was found. */
export interface Counted {
  outcome: Outcome;
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
        rolledBack: 0,
        fixes: [],
        reasons: [],
        rolledBackBecause: [],
      };
      reports.set(detection, report);
    }
    add(report, item);
  }
  const byCount = (a: Counted, b: Counted) => b.count - a.count || a.text.localeCompare(b.text);
  for (const report of reports.values())
    for (const list of [report.fixes, report.reasons, report.rolledBackBecause]) list.sort(byCount);
  return [...reports.values()].sort(
    (a, b) => b.findings - a.findings || a.detection.localeCompare(b.detection),
  );
}

function add(report: DetectionReport, item: Item): void {
  const said = item.outcome?.S ?? "";
  const outcome = Object.hasOwn(outcomes, said) ? (said as Outcome) : "unfinished";
  report.findings++;
  report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
  if (item.reason?.S !== undefined) count(report.reasons, outcome, item.reason.S);
  if (item.plan?.S !== undefined && (outcome === "fixed" || outcome === "planned"))
    count(report.fixes, outcome, (JSON.parse(item.plan.S) as Plan).summary);
  if (item.rolledBackAt !== undefined) {
    report.rolledBack++;
    count(report.rolledBackBecause, outcome, item.rolledBackWhy?.S ?? "");
  }
}

function count(list: Counted[], outcome: Outcome, text: string): void {
  const known = list.find((one) => one.outcome === outcome && one.text === text);
  if (known === undefined) list.push({ outcome, text, count: 1 });
  else known.count++;
}

/** How many texts of a detection the table shows; JSON has all. */
const maxShown = 15;

/** The report for people. Texts come from records: what could steer a terminal is removed. */
export function linesOf(
  reports: DetectionReport[],
  since: string,
  io: Pick<Io, "width" | "color"> = {},
): string[] {
  if (reports.length === 0)
    return [`no findings ${/^\d+[dhm]$/.test(since) ? `in the last ${since}` : `since ${since}`}`];
  const shown = (Object.keys(outcomes) as Outcome[]).filter((outcome) =>
    reports.some((report) => report.outcomes[outcome] !== undefined),
  );
  const columns: Column[] = [
    { title: "DETECTION", least: 20 },
    ...shown.map((outcome): Column => ({ title: outcomes[outcome], align: "right" })),
    { title: "ROLLED BACK", align: "right" },
  ];
  const rows = reports.map(({ detection, outcomes: counts, rolledBack }) => [
    clean(detection, 100),
    ...shown.map((outcome) => String(counts[outcome] ?? "")),
    String(rolledBack || ""),
  ]);
  const details = reports.flatMap((report) => detailsOf(report));
  return [...table(columns, rows, io), ...details.map((line) => truncated(line, io.width ?? Infinity))];
}

/** What was done with a detection's findings and why, the most frequent first. */
function detailsOf({ detection, fixes, reasons, rolledBackBecause }: DetectionReport): string[] {
  const all = [
    ...fixes.map((one) => ({ ...one, what: one.outcome === "fixed" ? "fixed" : "would fix" })),
    ...reasons.map((one) => ({ ...one, what: one.outcome })),
    ...rolledBackBecause.map((one) => ({ ...one, what: "rolled back" })),
  ];
  if (all.length === 0) return [];
  const more = all.length - maxShown;
  return [
    "",
    clean(detection, 100),
    ...all
      .slice(0, maxShown)
      .map(({ what, text, count: times }) => `  ${String(times).padStart(4)} × ${what}: ${clean(text, 300)}`),
    ...(more > 0 ? [`       and ${more} more (--format json)`] : []),
  ];
}

/** The moment (epoch ms) of `7d`, `12h` or `30m` ago, or of an ISO date or date-time. @throws a usage error */
export function momentOf(since: string, now: number): number {
  const [, number, unit] = /^(\d{1,4})([dhm])$/.exec(since) ?? [];
  const units: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000 };
  if (number !== undefined && unit !== undefined) return now - Number(number) * (units[unit] ?? 0);
  const moment = /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(since) ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(moment))
    throw usageError(
      `expected --since like 7d, 12h, 30m or 2026-05-04T10:00:00Z, found ${JSON.stringify(since)}`,
    );
  return moment;
}

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const { since, format } = values;
  expectNone(positionals);
  if (format !== "table" && format !== "json")
    throw usageError(`expected --format table or json, found ${JSON.stringify(format)}`);
  const from = momentOf(since, Date.now());
  const reports = await reportOf(await accessStack(values), from);
  if (format === "json")
    io.out(JSON.stringify({ since: new Date(from).toISOString(), detections: reports }, null, 2));
  else for (const line of linesOf(reports, since, io)) io.out(line);
  return 0;
}
