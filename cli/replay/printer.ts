import type { Exception } from "../../handlers/settings";
import { csvRow } from "../findings/csv";
import { pageOptions } from "../page/deliver";
import { type Io, type Options, usageError } from "../verb";
import type { ReplayFinding } from "./findings";
import { type LineFormat, lineFormats, linesIn } from "./formats";
import { createPagePrinter, type Printer } from "./page-printer";
import { linesOfPlan } from "./planning";
import { createSortedLines, type Sorting, sortings } from "./sorted-lines";
import { createSummary, perThousand, type SummaryRow, summaryLines } from "./summary";

/** Options that say how findings are shown. */
export const lookOptions = {
  summary: {
    type: "boolean",
    description: "findings per 1,000 records by detection and actor, instead of each finding",
  },
  sort: {
    type: "string",
    value: "ORDER",
    description:
      "severity, time, or none: in the order of the records, as they are found (default: severity for a table, else none)",
  },
  format: {
    type: "string",
    value: "FORMAT",
    default: "table",
    description:
      "table, csv, html (a page with pictures), or one JSON value per line: jsonl, ocsf (Detection Finding) or asff (AWS Security Finding Format)",
  },
  ...pageOptions,
} as const satisfies Options;

/** The values of {@link lookOptions}. */
export interface LookValues {
  summary: boolean;
  sort?: string | undefined;
  format: string;
  output: string | undefined;
  open: boolean;
}

/** How findings are shown. @throws a usage error */
export function lookOf({ format: givenFormat, sort, summary: isSummary }: LookValues): Look {
  const formats = [...lineFormats, "html"] as const;
  const format = formats.find((one) => one === givenFormat);
  if (format === undefined)
    throw usageError(`expected --format ${formats.join(", ")}, found ${JSON.stringify(givenFormat)}`);
  if (isSummary && !["table", "jsonl", "csv"].includes(format))
    throw usageError(`expected --summary with --format table, jsonl or csv, found ${format}`);
  const sorting = sortings.find((one) => one === (sort ?? (format === "table" ? "severity" : "none")));
  if (sorting === undefined)
    throw usageError(`expected --sort ${sortings.join(", ")}, found ${JSON.stringify(sort)}`);
  return { format, sorting, isSummary };
}

/** How findings are shown. */
export interface Look {
  format: LineFormat | "html";
  sorting: Sorting;
  isSummary: boolean;
}

/** What a page says besides its findings, and who says it. */
export interface About {
  verb: string;
  /** Title of the page. */
  title: string;
  /** Replayed, say. */
  did: string;
  /** Those of the configuration; undefined if there is none. */
  exceptions: Exception[] | undefined;
  /** Epoch ms. */
  now: number;
}

/** Creates what prints findings as the options say. */
export function printerFor(
  { format, ...look }: Look,
  values: LookValues,
  about: About,
  io: Io,
): Printer | Promise<Printer> {
  if (format !== "html") return createPrinter({ ...look, format }, about, io);
  return createPagePrinter(values, about, io);
}

/** Prints findings, or at the end their summary, on standard output. */
function createPrinter(
  { format, sorting, isSummary }: Look & { format: LineFormat },
  { verb, now }: About,
  io: Io,
): Printer {
  const summary = createSummary();
  const { heading, lineOf } = linesIn(format, io, now);
  let findings = 0;
  let isBegun = false;
  /** A table has its heading only if it has rows; a program expects one in any case. */
  const begin = () => {
    if (!isBegun && heading !== undefined && !isSummary) io.out(heading);
    isBegun = true;
  };
  const textOf = (finding: ReplayFinding) =>
    format === "table" && finding.plan !== undefined
      ? [lineOf(finding), ...linesOfPlan(finding.plan)].join("\n")
      : lineOf(finding);
  const lines = createSortedLines(sorting, (text) => {
    io.progress?.("");
    begin();
    for (const line of text.split("\n")) io.out(line);
  });
  return {
    count: () => findings,
    print(finding: ReplayFinding) {
      if (isSummary) summary.add(finding);
      else lines.add(finding, textOf(finding));
      findings++;
    },
    async end({ records, sources }: { records: number; sources: number }, open: string[]) {
      io.progress?.("");
      lines.end();
      const rows = summary.rows(records);
      if (format !== "table") {
        if (isSummary) for (const line of summaryFor(format, rows)) io.out(line);
        else begin();
        // Standard output has only findings.
        for (const what of open) io.err(`cloudtrailer ${verb}: not decided: ${what}`);
        return;
      }
      if (rows.length > 0) for (const line of summaryLines(rows, io)) io.out(line);
      const rate = isSummary
        ? `, ${perThousand(findings, records).toLocaleString("en")} per 1,000 records`
        : "";
      io.out(
        `${counted(findings, "finding")} in ${counted(records, "record")} of ${counted(sources, "file")}${rate}`,
      );
      for (const what of open) io.out(`Not decided: ${what}`);
    },
  };
}

/** A summary for programs. */
function summaryFor(format: LineFormat, rows: SummaryRow[]): string[] {
  if (format !== "csv") return rows.map((row) => JSON.stringify(row));
  const titles = ["detection", "severity", "actor", "findings", "perThousandRecords"] as const;
  return [csvRow(titles), ...rows.map((row) => csvRow(titles.map((title) => row[title])))];
}

/** `1 finding`, `2,000 findings` */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
