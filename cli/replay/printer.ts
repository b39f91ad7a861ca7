import type { Io } from "../verb";
import type { ReplayFinding } from "./findings";
import { createSummary, perThousand, summaryLines } from "./summary";
import { createFindingsTable } from "./table";

/** What prints findings. */
export type Printer = ReturnType<typeof createPrinter>;

/** Prints findings, or at the end their summary, on standard output. */
export function createPrinter(
  verb: string,
  io: Io,
  { asJson, asSummary }: { asJson: boolean; asSummary: boolean },
) {
  const summary = createSummary();
  const { heading, rowOf } = createFindingsTable(io);
  let findings = 0;
  const printFinding = (finding: ReplayFinding) => {
    if (asJson) return io.out(JSON.stringify(finding));
    if (findings === 0) io.out(heading);
    io.out(rowOf(finding));
  };
  return {
    count: () => findings,
    print(finding: ReplayFinding) {
      io.progress?.("");
      if (asSummary) summary.add(finding);
      else printFinding(finding);
      findings++;
    },
    /** @param open what could not be decided from these files */
    end({ records, sources }: { records: number; sources: number }, open: string[]) {
      io.progress?.("");
      const rows = summary.rows(records);
      if (asJson) {
        for (const row of rows) io.out(JSON.stringify(row));
        // Standard output has only findings.
        for (const what of open) io.err(`cloudtrailer ${verb}: not decided: ${what}`);
        return;
      }
      if (rows.length > 0) for (const line of summaryLines(rows, io)) io.out(line);
      const rate = asSummary
        ? `, ${perThousand(findings, records).toLocaleString("en")} per 1,000 records`
        : "";
      io.out(
        `${counted(findings, "finding")} in ${counted(records, "record")} of ${counted(sources, "file")}${rate}`,
      );
      for (const what of open) io.out(`Not decided: ${what}`);
    },
  };
}

/** Whether a finding appears for the first time: overlapping trails and copies of files repeat events. */
export function createIsNew(): (finding: ReplayFinding) => boolean {
  const seen = new Set<string>();
  return ({ id, eventID }) => {
    // Without an ID, two events cannot be told from one.
    if (eventID === "") return true;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  };
}

/** `1 finding`, `2,000 findings` */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
