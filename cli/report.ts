import { clean } from "../handlers/alerts/clean";
import { findingsBetween, type KeptFinding } from "./findings/kept";
import { deliverPage, expectPage, pageOptions } from "./page/deliver";
import type { ReportedFinding } from "./report/model";
import type { About } from "./report/page";
import { createPathCount, linesOfPaths } from "./report/paths";
import { createPromotionCount, linesOfPromotions } from "./report/promotion";
import { momentForms, momentOf } from "./moment";
import { accessStack, stackOptions, tableOption } from "./stack-access";
import { type Column, table, truncated } from "./terminal";
import { expectNone, type Given, type Io, type Options, usageError } from "./verb";

export const usage = "report [options]";
export const summary =
  "Summarize per detection what was fixed, would have been fixed, or was refused and why";
export const options = {
  since: {
    type: "string",
    value: "TIME",
    default: "7d",
    description: `first seen since: ${momentForms}`,
  },
  format: {
    type: "string",
    value: "FORMAT",
    default: "table",
    description: "table, json with every reason, or html: a page with pictures",
  },
  config: {
    type: "string",
    value: "FILE",
    description:
      "with --format html: a stack's configuration, Pulumi.<stack>.yaml, whose exceptions are listed",
  },
  ...pageOptions,
  ...stackOptions,
  ...tableOption,
} as const satisfies Options;

/** Outcomes in display order, with their headings. */
const outcomes = {
  fixed: "FIXED",
  planned: "WOULD FIX",
  "awaiting-approval": "WAITS",
  delayed: "DELAYED",
  rejected: "DENIED",
  expired: "EXPIRED",
  "already-ok": "ALREADY OK",
  "changed-since": "CHANGED",
  "needs-baseline": "NO BASELINE",
  refused: "REFUSED",
  failed: "FAILED",
  alerted: "ALERTED",
  unproven: "UNPROVEN",
  imported: "IMPORTED",
  unfinished: "UNFINISHED",
} as const;

type Outcome = keyof typeof outcomes;

/** The outcomes of one detection's findings. */
export interface DetectionReport {
  detection: string;
  findings: number;
  /** `unfinished`: no outcome is recorded, because an invocation is working on it, or died. */
  outcomes: Partial<Record<Outcome, number>>;
  /** Fixes that a person has rolled back, which should not have been made. */
  rolledBack: number;
  /** What was or would have been done, and how often. */
  fixes: Counted[];
  /** Why nothing, or not everything, was done, and how often. */
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

/** Summarizes findings by detection, the one with most findings first. */
export async function reportOf(findings: AsyncIterable<KeptFinding>): Promise<DetectionReport[]> {
  const sums = new Map<string, Sum>();
  for await (const finding of findings) {
    const sum = sums.get(finding.detection) ?? newSum(finding.detection);
    sums.set(finding.detection, sum);
    add(sum, finding);
  }
  return [...sums.values()]
    .map(({ report, fixes, reasons, rolledBackBecause }) => ({
      ...report,
      fixes: sorted(fixes),
      reasons: sorted(reasons),
      rolledBackBecause: sorted(rolledBackBecause),
    }))
    .sort((a, b) => b.findings - a.findings || a.detection.localeCompare(b.detection));
}

/** A report that is being built: texts are counted in maps, because a million findings may have as many texts. */
interface Sum {
  report: Pick<DetectionReport, "detection" | "findings" | "outcomes" | "rolledBack">;
  fixes: Map<string, Counted>;
  reasons: Map<string, Counted>;
  rolledBackBecause: Map<string, Counted>;
}

const newSum = (detection: string): Sum => ({
  report: { detection, findings: 0, outcomes: {}, rolledBack: 0 },
  fixes: new Map(),
  reasons: new Map(),
  rolledBackBecause: new Map(),
});

function add({ report, fixes, reasons, rolledBackBecause }: Sum, finding: KeptFinding): void {
  const { reason, summary: done, rolledBack } = finding;
  const outcome = Object.hasOwn(outcomes, finding.outcome) ? (finding.outcome as Outcome) : "unfinished";
  report.findings++;
  report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
  if (reason !== undefined) count(reasons, outcome, reason);
  if (done !== undefined && (outcome === "fixed" || outcome === "planned")) count(fixes, outcome, done);
  if (rolledBack !== undefined) {
    report.rolledBack++;
    count(rolledBackBecause, outcome, rolledBack.why);
  }
}

function count(texts: Map<string, Counted>, outcome: Outcome, text: string): void {
  const key = `${outcome} ${text}`;
  const known = texts.get(key);
  if (known === undefined) texts.set(key, { outcome, text, count: 1 });
  else known.count++;
}

function sorted(texts: Map<string, Counted>): Counted[] {
  return [...texts.values()].sort((a, b) => b.count - a.count || a.text.localeCompare(b.text));
}

/** Texts per detection in the table; JSON has all. */
const maxShown = 15;

/** The report for people. Texts come from records, so terminal escapes are removed. */
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

/** What was done about a detection's findings and why, most frequent first. */
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

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const { since, format, config } = values;
  expectNone(positionals);
  if (format !== "table" && format !== "json" && format !== "html")
    throw usageError(`expected --format table, json or html, found ${JSON.stringify(format)}`);
  expectPage(values);
  if (format !== "html" && config !== undefined)
    throw usageError(`expected --config with --format html, found --format ${format}`);
  const now = Date.now();
  const from = momentOf("since", since, now);
  const stack = await accessStack(values);
  const findings = findingsBetween(stack, from, now);
  if (format === "html") {
    const title = `Findings in ${stack.table}`;
    const scope = `First seen since ${new Date(from).toISOString().slice(0, 16).replace("T", " ")}`;
    await deliverPage(await pageFor(findings, { title, scope, now, config }), values, io);
    return 0;
  }
  const paths = createPathCount();
  const promotions = createPromotionCount(now);
  const reports = await reportOf(promotions.through(paths.through(findings)));
  if (format === "json")
    io.out(
      JSON.stringify(
        {
          since: new Date(from).toISOString(),
          detections: reports,
          paths: paths.report(),
          promotions: promotions.report(),
        },
        null,
        2,
      ),
    );
  else {
    const lines = [...linesOf(reports, since, io), ...linesOfPaths(paths.report())];
    for (const line of [...lines, ...linesOfPromotions(promotions.report())]) io.out(line);
  }
  return 0;
}

/** The page about findings. What makes pictures is loaded when it is needed, so that help is fast. */
export async function pageFor(
  findings: AsyncIterable<ReportedFinding>,
  { config, ...about }: Omit<About, "exceptions"> & { config?: string | undefined },
): Promise<string> {
  const { createReportModel } = await import("./report/model");
  const { pageOf } = await import("./report/page");
  const { settingsFrom } = await import("./replay/config");
  const exceptions = config === undefined ? undefined : (await settingsFrom(config, about.now)).exceptions;
  const report = createReportModel();
  for await (const finding of findings) report.add(finding);
  return pageOf(report.model(), { ...about, ...(exceptions === undefined ? {} : { exceptions }) });
}
