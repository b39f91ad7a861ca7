import { clean } from "../../handlers/alerts/clean";
import { type Column, createLine, fitted, styleOfSeverity } from "../terminal";
import type { Io } from "../verb";
import type { ReplayFinding } from "./findings";

/** Findings come one by one, so that each column has its width before its cells are known. */
const columns: (Column & { width: number; of(finding: ReplayFinding): string })[] = [
  { title: "TIME", width: 20, optional: true, of: ({ eventTime }) => eventTime },
  { title: "SEVERITY", width: 8, styleOf: styleOfSeverity, of: ({ severity }) => severity },
  { title: "DETECTION", width: 38, of: ({ detection }) => detection },
  { title: "ACTOR", width: 32, least: 12, of: ({ actor }) => actor.name },
  { title: "ACCOUNT", width: 12, optional: true, of: ({ account }) => account },
  { title: "REGION", width: 14, optional: true, of: ({ region }) => region },
  {
    title: "RESOURCE",
    width: 48,
    least: 14,
    of: ({ resources }) => resources.map(({ id }) => id).join(" "),
  },
];

/** The lines of the table of findings. */
export interface FindingsTable {
  /** The line above all findings. */
  heading: string;
  /** A finding as one line. Texts of records are hostile: nothing in them reaches the terminal as a command. */
  rowOf(finding: ReplayFinding): string;
}

/** Makes the table of findings, as wide as the terminal allows. */
export function createFindingsTable(io: Pick<Io, "width" | "color">): FindingsTable {
  const widths = fitted(
    columns,
    columns.map(({ width }) => width),
    io.width,
  );
  const line = createLine(columns, widths, io);
  return {
    heading: line(columns.map(({ title }) => title)),
    rowOf: (finding) => line(columns.map(({ of }) => clean(of(finding)))),
  };
}
