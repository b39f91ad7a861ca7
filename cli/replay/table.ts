import { clean } from "../../handlers/alerts/clean";
import { type Column, createLine, fitted, styleOfSeverity } from "../terminal";
import type { Io } from "../verb";
import type { ReplayFinding } from "./findings";

/** Findings arrive one by one, so columns get their widths before their cells are known. */
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
  /** The header line. */
  heading: string;
  /** A finding as one line. Texts from records are hostile: no terminal escape in them may reach the terminal. */
  rowOf(finding: ReplayFinding): string;
}

/** Creates the table of findings, as wide as the terminal allows. */
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
