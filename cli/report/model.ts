import { type Severity, severities } from "../../handlers/settings";
import { type KeptFinding, secondsFromCall } from "../findings/kept";

/** A finding of the table, or a replayed one, which was not handled and so has no outcome and no times. */
export type ReportedFinding = Pick<
  KeptFinding,
  "id" | "detection" | "title" | "severity" | "account" | "region" | "actor" | "event" | "eventTime"
> &
  Pick<KeptFinding, "resources" | "source"> &
  Partial<Pick<KeptFinding, "outcome" | "reason" | "summary" | "decidedAt" | "rolledBack">>;

/** Outcomes as a reader groups them, in display order. */
export const outcomeGroups = {
  fixed: "fixed",
  "not-fixed": "not fixed",
  "would-fix": "would be fixed",
  open: "unfinished",
  settled: "nothing left to fix",
  alerted: "alert only",
  imported: "imported from old log files",
} as const;

export type OutcomeGroup = keyof typeof outcomeGroups;

const groupOf: Record<string, OutcomeGroup> = {
  fixed: "fixed",
  planned: "would-fix",
  "already-ok": "settled",
  rejected: "settled",
  alerted: "alerted",
  imported: "imported",
  unfinished: "open",
  "awaiting-approval": "open",
  delayed: "open",
};

/** The group of an outcome. Whatever else is recorded means: not fixed. */
export function outcomeGroupOf(outcome: string): OutcomeGroup {
  return Object.hasOwn(groupOf, outcome) ? (groupOf[outcome] ?? "not-fixed") : "not-fixed";
}

/** How a record came: within seconds from EventBridge, or within minutes in a log file. */
export type Path = "event" | "log file";

/** The time from a call to its fix, in the steps that people think in: upper bounds, in seconds. */
export const delaySteps: [label: string, below: number][] = [
  ["< 5 s", 5],
  ["< 15 s", 15],
  ["< 1 min", 60],
  ["< 5 min", 300],
  ["< 10 min", 600],
  ["< 15 min", 900],
  ["< 30 min", 1_800],
  ["< 1 h", 3_600],
  ["≥ 1 h", Infinity],
];

/** Findings counted for one thing: a detection, an actor, an account and region. */
export interface Tally {
  name: string;
  /** The title of a detection. */
  title?: string;
  count: number;
  severities: Partial<Record<Severity, number>>;
  groups: Partial<Record<OutcomeGroup, number>>;
}

/** What a report shows. */
export interface ReportModel {
  findings: number;
  /** Whether findings were handled; replayed ones were not. */
  isHandled: boolean;
  /** ISO dates of the calls; undefined if no finding has one. */
  first?: string;
  last?: string;
  all: Tally;
  byDay: { day: string; severity: Severity; count: number }[];
  /** Most findings first. */
  byDetection: Tally[];
  byActor: Tally[];
  byPlace: Tally[];
  /** Fixes by the time from the call. */
  delays: { path: Path; step: string; count: number }[];
  /** Seconds; undefined if nothing was fixed. */
  medianSeconds?: number;
  /** What would have been fixed, most frequent first. */
  wouldFix: { detection: string; summary: string; count: number }[];
  /** What was not fixed, and why. */
  notFixed: { detection: string; outcome: string; reason: string; count: number }[];
  rolledBack: ReportedFinding[];
  /** Who causes most findings of one detection. */
  noise: { detection: string; actor: string; severity: Severity; count: number }[];
  /** The most severe, then newest. */
  gravest: ReportedFinding[];
}

/** Rows of each list. */
const maxRows = 15;
/** Findings listed one by one. */
export const maxListed = 500;

/** Gathers findings into a report; a million of them need memory for their distinct actors and texts only. */
export function createReportModel() {
  const all = tally("all");
  const days = new Map<string, { day: string; severity: Severity; count: number }>();
  const detections = new Map<string, Tally>();
  const actors = new Map<string, Tally>();
  const places = new Map<string, Tally>();
  const delays = new Map<string, { path: Path; step: string; count: number }>();
  const wouldFix = new Map<string, ReportModel["wouldFix"][number]>();
  const notFixed = new Map<string, ReportModel["notFixed"][number]>();
  const noise = new Map<string, ReportModel["noise"][number]>();
  const seconds: number[] = [];
  const rolledBack: ReportedFinding[] = [];
  let gravest: ReportedFinding[] = [];
  let isHandled = false;
  let first: string | undefined;
  let last: string | undefined;

  const addTime = ({ eventTime, severity }: ReportedFinding) => {
    if (Number.isNaN(Date.parse(eventTime))) return;
    const day = eventTime.slice(0, 10);
    if (first === undefined || day < first) first = day;
    if (last === undefined || day > last) last = day;
    counted(days, [day, severity], { day, severity });
  };
  const addOutcome = (finding: ReportedFinding) => {
    const { detection, outcome = "", summary = "", reason = "" } = finding;
    const group = outcomeGroupOf(outcome);
    if (group === "would-fix") counted(wouldFix, [detection, summary], { detection, summary });
    if (group === "not-fixed")
      counted(notFixed, [detection, outcome, reason], { detection, outcome, reason });
    if (finding.rolledBack !== undefined && rolledBack.length < maxListed) rolledBack.push(finding);
    const took = outcome === "fixed" ? secondsFromCall(finding, finding.decidedAt) : undefined;
    if (took === undefined) return;
    seconds.push(took);
    const step = delaySteps.find(([, below]) => took < below)?.[0] ?? "";
    const path: Path = finding.source.startsWith("s3://") ? "log file" : "event";
    counted(delays, [path, step], { path, step });
  };

  return {
    add(finding: ReportedFinding) {
      const { detection, title, actor, account, region, severity, outcome } = finding;
      if (outcome !== undefined) isHandled = true;
      const group = outcome === undefined ? undefined : outcomeGroupOf(outcome);
      const count = (one: Tally) => {
        one.count++;
        one.severities[severity] = (one.severities[severity] ?? 0) + 1;
        if (group !== undefined) one.groups[group] = (one.groups[group] ?? 0) + 1;
      };
      count(all);
      count(tallyOf(detections, detection, title));
      const principal = shortActor(actor);
      count(tallyOf(actors, principal));
      count(tallyOf(places, `${account} ${region}`.trim()));
      addTime(finding);
      if (group !== undefined) addOutcome(finding);
      counted(noise, [detection, principal], { detection, actor: principal, severity });
      gravest.push(finding);
      if (gravest.length >= 4 * maxListed) gravest = mostGrave(gravest);
    },
    model(): ReportModel {
      const model: ReportModel = {
        findings: all.count,
        isHandled,
        all,
        byDay: [...days.values()].sort((a, b) => a.day.localeCompare(b.day)),
        byDetection: mostFirst(detections),
        byActor: mostFirst(actors),
        byPlace: mostFirst(places),
        delays: [...delays.values()],
        wouldFix: mostFirst(wouldFix),
        notFixed: mostFirst(notFixed),
        rolledBack,
        noise: mostFirst(noise).filter(({ count }) => count > 1),
        gravest: mostGrave(gravest),
      };
      if (first !== undefined) model.first = first;
      if (last !== undefined) model.last = last;
      seconds.sort((a, b) => a - b);
      const median = seconds[Math.floor((seconds.length - 1) / 2)];
      if (median !== undefined) model.medianSeconds = median;
      return model;
    },
  };
}

/** `user/bob`, and for every session of a role, because anybody can choose its name, `role/deploy`. */
export function shortActor(actor: string): string {
  return actor
    .replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, "")
    .replace(/^assumed-role\/([^/]+)\/.*$/s, "role/$1");
}

function tally(name: string, title?: string): Tally {
  return { name, ...(title === undefined ? {} : { title }), count: 0, severities: {}, groups: {} };
}

function tallyOf(tallies: Map<string, Tally>, name: string, title?: string): Tally {
  const known = tallies.get(name) ?? tally(name, title);
  tallies.set(name, known);
  return known;
}

function counted<Row extends object>(
  rows: Map<string, Row & { count: number }>,
  key: string[],
  row: Row,
): void {
  const name = JSON.stringify(key);
  const known = rows.get(name);
  if (known === undefined) rows.set(name, { ...row, count: 1 });
  else known.count++;
}

function mostFirst<Row extends { count: number }>(rows: Map<string, Row>): Row[] {
  return [...rows.values()].sort((a, b) => b.count - a.count).slice(0, maxRows);
}

function mostGrave(findings: ReportedFinding[]): ReportedFinding[] {
  return findings
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        b.eventTime.localeCompare(a.eventTime),
    )
    .slice(0, maxListed);
}
