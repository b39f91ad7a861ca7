import { clean, cut } from "../../handlers/alerts/clean";
import type { ReplayFinding } from "./findings";

/** One column: at most `width` characters of a row each. */
export interface Column<Row> {
  title: string;
  width: number;
  of(row: Row): string;
}

/** Lines of a table whose rows come one by one. */
export interface Table<Row> {
  /** The line above all rows. */
  heading: string;
  /** A row as one line. Texts of records are hostile: nothing in them reaches the terminal as a command. */
  rowOf(row: Row): string;
}

export function createTable<Row>(columns: Column<Row>[]): Table<Row> {
  const line = (cells: string[]) =>
    cells
      .map((cell, index) => cut(cell, columns[index]?.width ?? 0).padEnd(columns[index]?.width ?? 0))
      .join("  ")
      .trimEnd();
  return {
    heading: line(columns.map(({ title }) => title)),
    rowOf: (row) => line(columns.map(({ of }) => clean(of(row)))),
  };
}

export const findingsTable = createTable<ReplayFinding>([
  { title: "TIME", width: 20, of: ({ eventTime }) => eventTime },
  { title: "SEVERITY", width: 8, of: ({ severity }) => severity },
  { title: "DETECTION", width: 38, of: ({ detection }) => detection },
  { title: "ACTOR", width: 32, of: ({ actor }) => actor.name },
  { title: "ACCOUNT", width: 12, of: ({ account }) => account },
  { title: "REGION", width: 14, of: ({ region }) => region },
  { title: "RESOURCE", width: 48, of: ({ resources }) => resources.map(({ id }) => id).join(" ") },
]);
