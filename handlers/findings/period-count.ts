import type { Attributes } from "../aws/table";
import { type Fields, fieldsOf, listOf, plainTextOf, textOf } from "../json";
import { matchesAny } from "../pattern";
import { type PeriodSettings, type Severity, severities } from "../settings";

/** What findings are counted by. */
export const periodKinds = ["severity", "outcome", "detection", "account"] as const;

export type PeriodKind = (typeof periodKinds)[number];

/** What a period had, as far as it was counted. */
export interface PeriodCount {
  findings: number;
  /** There are more findings than were counted. */
  isPartial?: true;
  /** How many of each; the most frequent, and `others` for the rest. */
  by: Record<PeriodKind, Record<string, number>>;
  /** The most severe, then the newest. */
  examples: PeriodExample[];
}

/** A finding that stands for others. */
export interface PeriodExample {
  id: string;
  title: string;
  severity: Severity;
  outcome: string;
  account: string;
  resources: string[];
}

/** Counts findings. */
export interface PeriodCounter {
  /** @param item of the index, newest first */
  add(item: Attributes): void;
  /** Whether so many were looked at that the rest is left. */
  isFull(): boolean;
  result(): PeriodCount;
}

/** Findings looked at in a period. */
const maxFindings = 200_000;

/** Names counted one by one; records may bring any number of accounts. */
const maxNames = 1_000;

/** Names in a result. */
const maxShown = 50;

const maxExamples = 5;

/** Characters of a title, or of a resource. */
const maxTextOfExample = 300;

/** Creates a counter of the findings that a summary is about: less severe than `below`, of its detections and accounts. */
export function createPeriodCount({
  below,
  detections,
  accounts,
}: Omit<PeriodSettings, "key" | "every">): PeriodCounter {
  const counts: Record<PeriodKind, Map<string, number>> = {
    severity: new Map(),
    outcome: new Map(),
    detection: new Map(),
    account: new Map(),
  };
  let examples: PeriodExample[] = [];
  let seen = 0;
  let findings = 0;
  const least = severities.indexOf(below);

  return {
    add(item) {
      seen++;
      const { about, id, severity, outcome, detection, account } = keptIn(item);
      if (severities.indexOf(severity) <= least) return;
      if (detections.length > 0 && !matchesAny(detections, detection)) return;
      if (accounts.length > 0 && !accounts.includes(account)) return;
      findings++;
      const of = { severity, outcome, detection, account };
      for (const kind of periodKinds) countOne(counts[kind], of[kind]);
      const last = examples.at(-1);
      if (examples.length === maxExamples && last !== undefined && !isGraver(severity, last.severity)) return;
      const example = { id, severity, outcome, account, ...textsOf(about) };
      // Of the same severity, the one that was there before is newer.
      examples = [...examples, example].sort(byGravity).slice(0, maxExamples);
    },
    isFull: () => seen >= maxFindings,
    result: () => ({
      findings,
      by: {
        severity: shownOf(counts.severity),
        outcome: shownOf(counts.outcome),
        detection: shownOf(counts.detection),
        account: shownOf(counts.account),
      },
      examples,
    }),
  };
}

/** What is counted of an item. */
function keptIn(item: Attributes) {
  const about = fieldsOf(parsed(item.about?.S));
  const id = item.id?.S ?? "";
  return {
    about,
    id,
    severity: severityOf(item.severity?.S ?? textOf(about.severity)),
    outcome: item.outcome?.S ?? "unfinished",
    detection: textOf(about.detection) ?? id.slice(id.lastIndexOf("#") + 1),
    account: textOf(about.account) ?? "",
  };
}

function textsOf({ title, resources }: Fields): Pick<PeriodExample, "title" | "resources"> {
  return {
    title: (textOf(title) ?? "").slice(0, maxTextOfExample),
    resources: listOf(resources)
      .slice(0, 3)
      .map((one) => plainTextOf(fieldsOf(one).id).slice(0, maxTextOfExample)),
  };
}

function countOne(counts: Map<string, number>, name: string): void {
  const key = counts.has(name) || counts.size < maxNames ? name : others;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** What is not counted by its name. */
const others = "others";

/** The most frequent first. */
function shownOf(counts: Map<string, number>): Record<string, number> {
  const sorted = [...counts]
    .filter(([name]) => name !== others)
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const rest = sorted.slice(maxShown).reduce((sum, [, count]) => sum + count, counts.get(others) ?? 0);
  const shown = sorted.slice(0, maxShown);
  return Object.fromEntries(rest === 0 ? shown : [...shown, [others, rest]]);
}

function isGraver(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) < severities.indexOf(other);
}

function byGravity(one: PeriodExample, other: PeriodExample): number {
  return severities.indexOf(one.severity) - severities.indexOf(other.severity);
}

/** One that no release knows counts as the gravest: it is not hidden in a summary. */
function severityOf(text: string | undefined): Severity {
  return severities.find((one) => one === text) ?? "critical";
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    // Counted all the same, by its key.
    return {};
  }
}
