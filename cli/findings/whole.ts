import { type Alert, alertOf } from "../../handlers/alerts/alert";
import { clean } from "../../handlers/alerts/clean";
import { textOfAlert } from "../../handlers/alerts/render";
import type { Evidence } from "../../handlers/detections/detection";
import { findingIn, resultIn } from "../../handlers/findings/kept-finding";
import type { Seen } from "../../handlers/findings/paths";
import { fieldsOf, textOf } from "../../handlers/json";
import { ownCatalogue } from "../own-catalogue";
import type { Item } from "../stack-access";
import { type KeptFinding, keptOf, secondsFromCall } from "./kept";

/** One finding: its entry in the index, and its alert, as far as it was kept. */
export interface WholeFinding extends KeptFinding {
  alert?: Alert;
  /** Of an imported finding, for which nobody was alerted. */
  evidence?: Evidence[];
}

/**
 * A finding from its full item. The alert is recreated from the record, the match and the outcome.
 *
 * @param where the table, for the command that rolls a fix back
 */
export function wholeOf(item: Item, where: { table: string; region: string }): WholeFinding {
  const kept = keptOf(item);
  const { detections } = ownCatalogue(() => undefined).catalogue;
  if (kept.imported !== undefined) return { ...kept, evidence: evidenceIn(item) };
  const finding = findingIn(kept.id, item, detections);
  const result = resultIn(item);
  if (finding === undefined || result === undefined) return kept;
  const seenAt = Date.parse(kept.claimedAt);
  const team = textOf(fieldsOf(JSON.parse(item.about?.S ?? "{}")).team) ?? "";
  return { ...kept, alert: alertOf({ finding, result, seenAt }, { team, ...where }) };
}

function evidenceIn({ evidence }: Item): Evidence[] {
  return evidence?.S === undefined ? [] : (JSON.parse(evidence.S) as Evidence[]);
}

/** One finding for people: its alert, and how it was handled. */
export function linesOfWhole(finding: WholeFinding): string[] {
  const { alert } = finding;
  const about = alert === undefined ? shortLines(finding) : textOfAlert(alert).trimEnd().split("\n");
  return [...about, "", "Handling", ...handlingLines(finding)];
}

/** The text without an alert: while there is no outcome, or of an imported finding. */
function shortLines({
  id,
  severity,
  title,
  event,
  actor,
  resources,
  account,
  region,
  source,
  imported,
  evidence = [],
}: WholeFinding): string[] {
  return [
    `${severity.toUpperCase()}: ${clean(title)}`,
    imported === undefined
      ? "UNFINISHED: no outcome yet"
      : `IMPORTED: found in old log files by the hunt ${clean(imported.hunt)}; nothing was done about it`,
    "",
    ...rows([
      ["finding", id],
      ["call", event],
      ["actor", actor],
      ["account", account],
      ["region", region],
      ["resource", resources.map((one) => one.id).join(" ")],
      ["log file", imported === undefined ? "" : source],
    ]),
    ...evidence.slice(0, maxShown).map(lineOfEvidence),
  ];
}

/** Pieces of evidence of an imported finding that are shown. */
const maxShown = 10;

function lineOfEvidence({ parameter, value, why }: Evidence): string {
  const reason = why === undefined ? "" : `: ${clean(why)}`;
  return `  ${"evidence".padEnd(11)} ${clean(parameter, 300, true)} ${clean(value, 200)}${reason}`;
}

function handlingLines(finding: KeptFinding): string[] {
  const { state, claimedAt, decidedAt, rolledBack, fixedByHand, verdict, imported, seen = {} } = finding;
  const after = (moment: string | undefined) => {
    const seconds = secondsFromCall(finding, moment);
    return moment === undefined
      ? ""
      : `${moment}${seconds === undefined ? "" : `, ${seconds} s after the call`}`;
  };
  return rows([
    ["state", state],
    ["seen", imported === undefined ? after(claimedAt) : ""],
    ["imported", imported === undefined ? "" : `${imported.at} by ${imported.by}: ${imported.why}`],
    ["by event", pathLine(seen.event, after)],
    ["by log file", pathLine(seen.logFile, after)],
    ["decided", after(decidedAt)],
    [
      "verdict",
      verdict === undefined ? "" : `${verdict.is}, by ${verdict.by} at ${verdict.at}: ${verdict.why}`,
    ],
    [
      "by hand",
      fixedByHand === undefined ? "" : `${fixedByHand.at} by ${fixedByHand.by}: ${fixedByHand.why}`,
    ],
    [
      "rolled back",
      rolledBack === undefined ? "" : `${rolledBack.at} by ${rolledBack.by}: ${rolledBack.why}`,
    ],
  ]);
}

function pathLine(seen: Seen | undefined, after: (moment: string) => string): string {
  if (seen === undefined) return "";
  const without = seen.lacks === undefined ? "" : `, without ${seen.lacks.join(", ")}`;
  return `${after(seen.at)}${without}`;
}

/** One line per label and cleaned value; empty values are omitted. */
function rows(pairs: [label: string, value: string][]): string[] {
  return pairs
    .filter(([, value]) => value !== "")
    .map(([label, value]) => `  ${label.padEnd(11)} ${clean(value)}`);
}
