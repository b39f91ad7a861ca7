import { styleText } from "node:util";
import stringWidth from "string-width";
import type { Severity } from "../handlers/settings";
import { visible } from "../handlers/visible";
import type { Io } from "./verb";

/** Minimum time between redraws of the progress, in ms. */
const progressEvery = 100;

/** What lines may contain besides visible characters: tabs, more lines, and our own colors. */
const ours = "\t\n\u001b";

/**
 * The terminal, or the files and pipes in its place. Whatever a line contains from a record, invisible characters are shown as
 * escapes.
 */
export function terminal({ stdout, stderr }: Pick<NodeJS.Process, "stdout" | "stderr"> = process): Io {
  const io: Io = {
    out: (line) => stdout.write(`${visible(line, ours)}\n`),
    err: (line) => stderr.write(`${visible(line, ours)}\n`),
  };
  if (stdout.isTTY) {
    io.width = stdout.columns;
    // Node respects NO_COLOR, FORCE_COLOR and TERM.
    io.color = stdout.hasColors();
  }
  if (stderr.isTTY) io.progress = createProgress(stderr);
  return io;
}

function createProgress(stderr: NodeJS.WriteStream): (text: string) => void {
  let drawnAt = 0;
  return (text) => {
    const now = Date.now();
    if (text !== "" && now - drawnAt < progressEvery) return;
    drawnAt = text === "" ? 0 : now;
    // Return to the first column and erase the line. The last column stays free, because some terminals wrap there.
    // The text may contain a file's name, which may contain anything.
    stderr.write(`\r\u001b[2K${truncated(visible(text), (stderr.columns ?? 80) - 1)}`);
  };
}

/** A column of a table. */
export interface Column {
  title: string;
  align?: "right";
  /** Minimum width to which the column may be cut. A column without it is never cut. */
  least?: number;
  /** Whether to omit the column if the table would be too wide. */
  optional?: true;
  /** How a cell is shown in color. */
  styleOf?(cell: string): Style | undefined;
}

type Style = Parameters<typeof styleText>[0];

/** Between two columns. */
const gap = "  ";

/**
 * The widths at which columns fit into a terminal: optional ones are omitted (width 0), the last one first, then the widest
 * is cut as far as it may be.
 *
 * @param natural widths that show every cell in full
 * @param total width of the terminal; undefined if there is no limit
 */
export function fitted(columns: Column[], natural: number[], total: number | undefined): number[] {
  const widths = [...natural];
  if (total === undefined) return widths;
  const leastOf = (at: number) => Math.min(columns[at]?.least ?? Infinity, widths[at] ?? 0);
  for (let at = columns.length - 1; at >= 0; at--)
    if (columns[at]?.optional && lengthOf(widths.map((_, each) => leastOf(each))) > total) widths[at] = 0;
  while (lengthOf(widths) > total) {
    const cuttable = widths.map((width, at) => (width > leastOf(at) ? width : 0));
    const widest = Math.max(...cuttable);
    if (widest === 0) break;
    widths[cuttable.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** Width of a line with cells of these widths. */
function lengthOf(widths: number[]): number {
  const shown = widths.filter((width) => width > 0);
  return shown.reduce((sum, width) => sum + width, 0) + gap.length * Math.max(0, shown.length - 1);
}

/** Creates a printer for the lines of a table with these column widths. */
export function createLine(
  columns: Column[],
  widths: number[],
  { width: total, color }: Pick<Io, "width" | "color">,
) {
  const shown = columns.map((column, at) => ({ ...column, at, width: widths[at] ?? 0 }));
  const visible = shown.filter((column) => column.width > 0);

  /** One line. Cells must not contain control characters; see `clean`. */
  return (cells: string[]): string => {
    let left = total ?? Infinity;
    const texts = visible.map((column, place) => {
      const before = place === 0 ? "" : gap;
      const width = Math.min(column.width, left - before.length);
      left -= before.length + width;
      if (width <= 0) return "";
      const raw = cells[column.at] ?? "";
      const cut = truncated(raw, width);
      const padding = " ".repeat(width - stringWidth(cut));
      const style = color ? column.styleOf?.(raw) : undefined;
      const cell = style === undefined ? cut : styleText(style, cut);
      return before + (column.align === "right" ? padding + cell : cell + padding);
    });
    return texts.join("").trimEnd();
  };
}

/** A table with columns as wide as their cells, as far as the terminal has room. */
export function table(columns: Column[], rows: string[][], io: Pick<Io, "width" | "color">): string[] {
  const titles = columns.map(({ title }) => title);
  const natural = columns.map((_, at) =>
    Math.max(...[titles, ...rows].map((row) => stringWidth(row[at] ?? ""))),
  );
  const widths = fitted(columns, natural, io.width);
  const heading = createLine(
    columns.map(({ styleOf: _, ...column }) => column),
    widths,
    io,
  );
  return [heading(titles), ...rows.map(createLine(columns, widths, io))];
}

/** Text cut to a width, with an ellipsis if anything is missing. */
export function truncated(text: string, width: number): string {
  if (width <= 0) return "";
  if (width === Infinity || stringWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** How severities are shown in color. */
export function styleOfSeverity(severity: string): Style | undefined {
  const styles: Record<Severity, Style> = {
    critical: ["bold", "red"],
    high: "red",
    medium: "yellow",
    low: "cyan",
    info: "gray",
  };
  return Object.hasOwn(styles, severity) ? styles[severity as Severity] : undefined;
}
