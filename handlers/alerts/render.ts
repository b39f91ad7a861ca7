import type { Alert, ShownCall } from "./alert";
import { clean, cutAscii } from "./clean";

/** What each outcome means to the person who reads it at night. */
const outcomeWords: Record<Alert["outcome"], string> = {
  fixed: "FIXED",
  "already-ok": "NOTHING LEFT TO FIX",
  "changed-since": "NOT FIXED, it has changed since",
  "needs-baseline": "NOT FIXED, the earlier state is not known",
  refused: "NOT FIXED",
  failed: "NOT FIXED, the fix failed",
  alerted: "ALERT ONLY",
  planned: "NOT FIXED, only planned (mode plan)",
};

/** What the calls of an alert are, by its outcome. */
const callsTitles: Partial<Record<Alert["outcome"], string>> = {
  fixed: "What was done",
  failed: "What was tried",
};

/** Room for all calls of an alert, characters. One that has no room is not cut: half a line is not safe to paste. */
const roomForCalls = 8_000;

function wordsOf({ outcome, done }: Alert): string {
  return outcome === "fixed" && done?.contains
    ? "CONTAINED, what the call did may still be there"
    : outcomeWords[outcome];
}

/** The first words alone: `FIXED`, `NOT FIXED`. */
function shortWordsOf(alert: Alert): string {
  return wordsOf(alert).split(",")[0] ?? "";
}

/** The subject of an e-mail: ASCII, at most 100 characters, as SNS demands. */
export function subjectOf(alert: Alert): string {
  const text = `[${alert.severity.toUpperCase()}] ${shortWordsOf(alert)}: ${alert.title} by ${alert.who.name}`;
  return cutAscii(clean(text), 100);
}

/** One SMS: at most 140 characters of ASCII. */
export function smsOf(alert: Alert): string {
  const resource = alert.what.resources[0]?.id;
  const on = resource === undefined ? "" : ` on ${lastPart(resource)}`;
  const text = `${alert.severity.toUpperCase()} ${shortWordsOf(alert)}: ${alert.title}${on} by ${alert.who.name}, account ${alert.account}`;
  return cutAscii(clean(text), 140);
}

/** A part of the text: its heading and its lines; none of it is shown when there are no lines. */
interface Section {
  heading?: string;
  lines: string[];
}

/** The alert for people, as the text of an e-mail. Everything that came from a record is cleaned and cut. */
export function textOfAlert(alert: Alert): string {
  const sections: Section[] = [
    { lines: headLines(alert) },
    { heading: "What", lines: whatLines(alert) },
    { heading: "Who", lines: whoLines(alert) },
    { heading: "Where and when", lines: whereLines(alert) },
    { heading: "Why", lines: whyLines(alert) },
    ...callSections(alert),
    { heading: "Next steps", lines: alert.runbook.map((step, index) => `  ${index + 1}. ${step}`) },
    { heading: "Nothing to worry about when", lines: alert.falsePositives.map((one) => `  - ${one}`) },
    { heading: "Reference", lines: referenceLines(alert) },
  ];
  const texts = sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ heading, lines }) => [...(heading === undefined ? [] : [heading]), ...lines].join("\n"));
  return `${texts.join("\n\n")}\n`;
}

function headLines(alert: Alert): string[] {
  const reason = alert.reason === undefined ? "" : `: ${clean(alert.reason, 600)}`;
  const lines = [`${alert.severity.toUpperCase()}: ${clean(alert.title)}`, `${wordsOf(alert)}${reason}`];
  if (alert.mayRepeat)
    lines.push(
      "You may have had this alert before: an earlier try ended before it could note that it was sent.",
    );
  return lines;
}

function whatLines({ what }: Alert): string[] {
  const { resources } = what;
  return labelled([
    ["call", what.event],
    ...resources.slice(0, 10).map(({ id, type }): [string, unknown] => ["resource", `${id} (${type})`]),
    ["resource", resources.length > 10 ? `and ${resources.length - 10} more` : undefined],
    ["error", what.errorCode],
    ["message", what.errorMessage],
  ]);
}

function whoLines({ who }: Alert): string[] {
  return labelled([
    ["actor", `${who.name} (${who.type})`],
    ["arn", who.arn],
    ["role", who.role?.arn ?? who.role?.name],
    ["key", who.accessKeyId],
    ["mfa", who.mfa === undefined ? undefined : who.mfa ? "yes" : "no"],
    ["from", who.sourceIPAddress],
    ["through", who.invokedBy],
    ["with", who.userAgent, 120],
  ]);
}

function whereLines({ account, team, region, when }: Alert): string[] {
  return labelled([
    ["account", `${account === "" ? "not in the record" : account} (team ${team})`],
    ["region", region],
    ["time", when.eventTime],
    ["seen", when.delaySeconds === undefined ? undefined : `${when.delaySeconds} s later`],
  ]);
}

function whyLines({ why, novelty }: Alert): string[] {
  const lines = why.slice(0, 12).map((evidence) => {
    const because = evidence.why === undefined ? "" : ` (${clean(evidence.why)})`;
    return `  ${clean(evidence.parameter, 120)} = ${clean(evidence.value)}${because}`;
  });
  return novelty === undefined ? lines : [`  ${clean(novelty)}`, ...lines];
}

/** What was done, and the rollback, with as many calls as there is room for. */
function callSections({ id, outcome, done, rollback }: Alert): Section[] {
  let room = roomForCalls;
  const lineOf = ({ service, operation, commandLine }: ShownCall, instead: string) => {
    if (commandLine.length > room) return `  ${service}:${operation} is too long for an alert: ${instead}`;
    room -= commandLine.length;
    return `  ${commandLine}`;
  };
  const sections: Section[] = [];
  // First: it is what somebody may have to paste in a hurry.
  if (rollback !== undefined)
    sections.push({
      heading: `How to roll that back: ${rollback.command}${rollback.calls.length === 0 ? "" : rollback.calls.length === 1 ? ", or" : ", or in this order"}`,
      lines: rollback.calls.map((call) => lineOf(call, "the line above makes it")),
    });
  if (done !== undefined)
    sections.unshift({
      heading: `${callsTitles[outcome] ?? "What would be done"}: ${clean(done.summary, 500)}`,
      lines: done.calls.map((call) => lineOf(call, `the finding ${id} in the table has it`)),
    });
  return sections;
}

function referenceLines(alert: Alert): string[] {
  const { technique, before } = alert.attack ?? {};
  return [
    ...labelled([
      ["finding", alert.id],
      ["detection", alert.detection],
      ["attack", before === undefined ? technique : `${technique} (${before})`],
    ]),
    // Ours, not the record's, and no link that a mail program makes clickable.
    `  ${"log file".padEnd(10)} ${clean(alert.source, 1_100).replace("s3[:]//", "s3://")}`,
    `  ${"console".padEnd(10)} ${alert.console}`,
  ];
}

/** Lines of a label and a cleaned value each; what is missing has no line. */
function labelled(rows: [label: string, value: unknown, max?: number][]): string[] {
  return rows
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([label, value, max]) => `  ${label.padEnd(10)} ${clean(value, max)}`);
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
