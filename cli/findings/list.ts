import { clean } from "../../handlers/alerts/clean";
import { severities } from "../../handlers/settings";
import { type Column, styleOfSeverity, table } from "../terminal";
import type { Io } from "../verb";
import { csvRow } from "./csv";
import { type KeptFinding, secondsFromCall } from "./kept";

/** A finding for JSON, with its delays. */
export type ListedFinding = KeptFinding & {
  /** From the call until it was first seen, in seconds. */
  seenAfterSeconds?: number;
  /** From the call to its outcome, including a fix, in seconds. */
  decidedAfterSeconds?: number;
};

export function listed(finding: KeptFinding): ListedFinding {
  // Nobody saw an imported one, or decided about it.
  const from = (moment?: string) =>
    finding.imported === undefined ? secondsFromCall(finding, moment) : undefined;
  const seen = from(finding.claimedAt);
  const decided = from(finding.decidedAt);
  return {
    ...finding,
    ...(seen === undefined ? {} : { seenAfterSeconds: seen }),
    ...(decided === undefined ? {} : { decidedAfterSeconds: decided }),
  };
}

/** The beginning of an event ID: enough to tell findings apart, and for `findings ID`. */
const shownOfEvent = 8;

const columns: (Column & { of(finding: KeptFinding): string })[] = [
  { title: "TIME", optional: true, of: ({ eventTime }) => eventTime },
  { title: "SEVERITY", styleOf: styleOfSeverity, of: ({ severity }) => severity },
  { title: "OUTCOME", of: ({ outcome, rolledBack }) => (rolledBack === undefined ? outcome : "rolled back") },
  { title: "FINDING", least: 28, of: ({ id }) => shortened(id) },
  { title: "ACTOR", least: 10, of: ({ actor }) => actor.slice(actor.indexOf("/") + 1) },
  { title: "ACCOUNT", optional: true, of: ({ account }) => account },
  { title: "REGION", optional: true, of: ({ region }) => region },
  { title: "RESOURCE", least: 12, of: ({ resources }) => resources.map(({ id }) => id).join(" ") },
];

/** `1a2b3c4d#iam-inline-admin-policy` */
function shortened(id: string): string {
  const hash = id.indexOf("#");
  return hash > shownOfEvent ? id.slice(0, shownOfEvent) + id.slice(hash) : id;
}

/** Most severe first, then newest. */
export function byGravity(a: KeptFinding, b: KeptFinding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.eventTime.localeCompare(a.eventTime)
  );
}

/** The list for people, within the width of the terminal. Texts come from records, so they are cleaned. */
export function linesOfList(findings: KeptFinding[], io: Pick<Io, "width" | "color">): string[] {
  const rows = findings.map((finding) => columns.map(({ of }) => clean(of(finding), 120)));
  return table(columns, rows, io);
}

const csvColumns: [title: string, of: (finding: ListedFinding) => string | number][] = [
  ["id", ({ id }) => id],
  ["eventTime", ({ eventTime }) => eventTime],
  ["severity", ({ severity }) => severity],
  ["outcome", ({ outcome }) => outcome],
  ["detection", ({ detection }) => detection],
  ["title", ({ title }) => title],
  ["actor", ({ actor }) => actor],
  ["account", ({ account }) => account],
  ["region", ({ region }) => region],
  ["event", ({ event }) => event],
  ["resources", ({ resources }) => resources.map(({ id }) => id).join(" ")],
  ["reason", ({ reason }) => reason ?? ""],
  ["summary", ({ summary }) => summary ?? ""],
  ["seenAfterSeconds", ({ seenAfterSeconds }) => seenAfterSeconds ?? ""],
  ["decidedAfterSeconds", ({ decidedAfterSeconds }) => decidedAfterSeconds ?? ""],
  ["rolledBackAt", ({ rolledBack }) => rolledBack?.at ?? ""],
  ["rolledBackBy", ({ rolledBack }) => rolledBack?.by ?? ""],
];

export const csvHeading = csvRow(csvColumns.map(([title]) => title));

export function csvRowOf(finding: KeptFinding): string {
  const one = listed(finding);
  return csvRow(csvColumns.map(([, of]) => of(one)));
}
