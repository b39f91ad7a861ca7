import type { ReplayFinding } from "./findings";
import { createTable } from "./table";

/** Findings of one detection and one actor, as `--summary --format jsonl` prints them. JSON only. */
export interface SummaryRow {
  detection: string;
  severity: ReplayFinding["severity"];
  /** What a person calls the principal: of the sessions of a role, the role. */
  actor: string;
  findings: number;
  /** Findings in a thousand of all records that were read. */
  perThousandRecords: number;
}

/** Findings, counted by detection and actor. */
export interface Summary {
  add(finding: ReplayFinding): void;
  /** The most frequent first. */
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

/** The rows for people. */
export const summaryTable = createTable<SummaryRow>([
  { title: "FINDINGS", width: 10, of: ({ findings }) => findings.toLocaleString("en") },
  { title: "PER 1,000", width: 10, of: ({ perThousandRecords }) => perThousandRecords.toLocaleString("en") },
  { title: "SEVERITY", width: 8, of: ({ severity }) => severity },
  { title: "DETECTION", width: 38, of: ({ detection }) => detection },
  { title: "ACTOR", width: 48, of: ({ actor }) => actor },
]);

/** With three digits behind the point. */
export function perThousand(findings: number, records: number): number {
  return records === 0 ? 0 : Math.round((findings / records) * 1_000_000) / 1_000;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
