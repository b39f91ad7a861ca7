import { clean, cut } from "../../handlers/alerts/clean";
import type { ReplayFinding } from "./findings";

const columns: { title: string; width: number; of(finding: ReplayFinding): string }[] = [
  { title: "TIME", width: 20, of: ({ eventTime }) => eventTime },
  { title: "SEVERITY", width: 8, of: ({ severity }) => severity },
  { title: "DETECTION", width: 38, of: ({ detection }) => detection },
  { title: "ACTOR", width: 32, of: ({ actor }) => actor.name },
  { title: "ACCOUNT", width: 12, of: ({ account }) => account },
  { title: "REGION", width: 14, of: ({ region }) => region },
  { title: "RESOURCE", width: 48, of: ({ resources }) => resources.map(({ id }) => id).join(" ") },
];

/** The line above all rows. */
export const heading = line(columns.map(({ title }) => title));

/** A finding as one line. Texts of records are hostile: nothing in them reaches the terminal as a command. */
export function rowOf(finding: ReplayFinding): string {
  return line(columns.map(({ of }) => clean(of(finding))));
}

function line(cells: string[]): string {
  return cells
    .map((cell, index) => cut(cell, columns[index]?.width ?? 0).padEnd(columns[index]?.width ?? 0))
    .join("  ")
    .trimEnd();
}
