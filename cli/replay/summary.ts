import { clean } from "../../handlers/alerts/clean";
import { type Column, styleOfSeverity, table } from "../terminal";
import type { Io } from "../verb";
import type { ReplayFinding } from "./findings";

/** Findings of one detection and one actor, as `--summary --format jsonl` prints them. JSON only. */
export interface SummaryRow {
  detection: string;
  severity: ReplayFinding["severity"];
  /** The principal's name for people: for sessions of a role, the role. */
  actor: string;
  findings: number;
  /** Findings per thousand records read. */
  perThousandRecords: number;
}

/** Findings, counted by detection and actor. */
export interface Summary {
  add(finding: ReplayFinding): void;
  /** Most frequent first. */
  rows(records: number): SummaryRow[];
}

export function createSummary(): Summary {
  const counts = new Map<string, Omit<SummaryRow, "perThousandRecords">>();
  return {
    add({ detection, severity, actor: { name, role } }) {
      const actor = role?.name ?? name;
      const key = JSON.stringify([detection, severity, actor]);
      const row = counts.get(key) ?? { detection, severity, actor, findings: 0 };
      row.findings += 1;
      counts.set(key, row);
    },
    rows: (records) =>
      [...counts.values()]
        .map((row) => ({ ...row, perThousandRecords: perThousand(row.findings, records) }))
        .sort(
          (a, b) => b.findings - a.findings || compare(a.detection, b.detection) || compare(a.actor, b.actor),
        ),
  };
}

const columns: Column[] = [
  { title: "FINDINGS", align: "right" },
  { title: "PER 1,000", align: "right" },
  { title: "SEVERITY", styleOf: styleOfSeverity },
  { title: "DETECTION" },
  { title: "ACTOR", least: 20 },
];

/** The rows for people. Texts from records are hostile: no terminal escape in them may reach the terminal. */
export function summaryLines(rows: SummaryRow[], io: Pick<Io, "width" | "color">): string[] {
  const cells = rows.map(({ findings, perThousandRecords, severity, detection, actor }) => [
    findings.toLocaleString("en"),
    perThousandRecords.toLocaleString("en"),
    severity,
    detection,
    clean(actor),
  ]);
  return table(columns, cells, io);
}

/** With three decimals. */
export function perThousand(findings: number, records: number): number {
  return records === 0 ? 0 : Math.round((findings / records) * 1_000_000) / 1_000;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
