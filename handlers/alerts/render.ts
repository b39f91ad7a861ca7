import type { Alert, ShownCall } from "./alert";
import { clean, cutAscii } from "./clean";
import { repetition } from "./repetition";

/** What each outcome means to the person on call. */
const outcomeWords: Record<Alert["outcome"], string> = {
  fixed: "FIXED",
  "already-ok": "NOTHING LEFT TO FIX",
  "changed-since": "NOT FIXED, changed since the event",
  "needs-baseline": "NOT FIXED, the earlier state is unknown",
  refused: "NOT FIXED",
  failed: "NOT FIXED, the fix failed",
  alerted: "ALERT ONLY",
  planned: "NOT FIXED, only planned (mode plan)",
  "awaiting-approval": "NOT FIXED, waits for approval",
  delayed: "NOT FIXED YET",
  rejected: "NOT FIXED, a person denied the fix",
  expired: "NOT FIXED, nobody approved the fix in time",
  unproven: "NOT FIXED, its origin is not proven",
  imported: "NOT FIXED, found in old log files",
};

/** The heading of an alert's calls, by outcome. */
const callsTitles: Partial<Record<Alert["outcome"], string>> = {
  fixed: "Done",
  failed: "Attempted",
};

/**
 * Room for all calls of an alert, in characters. A call that does not fit is omitted, not cut: half a line is not safe
 * to paste.
 */
const roomForCalls = 8_000;

/** What became of it, for the person on call: `NOT FIXED, the fix failed`. */
export function wordsOf({ outcome, done, fixAt }: Alert): string {
  if (outcome === "delayed" && fixAt !== undefined)
    return `${outcomeWords.delayed}, will be fixed at ${fixAt.slice(0, 16).replace("T", " ")} UTC`;
  return outcome === "fixed" && done?.contains
    ? "CONTAINED, the effects of the call may remain"
    : outcomeWords[outcome];
}

/** The first words only: `FIXED`, `NOT FIXED`; of a delayed fix also when it will be made, without the date of the same day. */
function shortWordsOf(alert: Alert): string {
  if (alert.outcome === "delayed")
    return wordsOf(alert).replace(` at ${alert.when.seenAt.slice(0, 10)} `, " at ");
  return wordsOf(alert).split(",")[0] ?? "";
}

/** The subject of an e-mail: ASCII, at most 100 characters, as SNS requires. */
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

/** A part of the text. Without lines, it is omitted. */
interface Section {
  heading?: string;
  lines: string[];
}

/** The alert for people, as the text of an e-mail. Everything from the record is cleaned and cut. */
export function textOfAlert(alert: Alert): string {
  const sections: Section[] = [
    { lines: headLines(alert) },
    { heading: "What", lines: whatLines(alert) },
    { heading: "Who", lines: whoLines(alert) },
    { heading: "Where and when", lines: whereLines(alert) },
    { heading: "Why", lines: whyLines(alert) },
    ...approvalSections(alert),
    ...callSections(alert),
    { heading: "Next steps", lines: alert.runbook.map((step, index) => `  ${index + 1}. ${step}`) },
    { heading: "False positives", lines: alert.falsePositives.map((one) => `  - ${one}`) },
    { heading: "Reference", lines: referenceLines(alert) },
  ];
  const texts = sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ heading, lines }) => [...(heading === undefined ? [] : [heading]), ...lines].join("\n"));
  return `${texts.join("\n\n")}\n`;
}

/** What subscribers of the topic hear when the bus did not take an alert. */
export function undeliveredLine(problem: string): string {
  return `Only the alert topic has this: the findings bus did not take it, so chat, tickets and pagers do not show it (${clean(problem)}).`;
}

function headLines(alert: Alert): string[] {
  const reason = alert.reason === undefined ? "" : `: ${clean(alert.reason, 600)}`;
  const lines = [`${alert.severity.toUpperCase()}: ${clean(alert.title)}`, `${wordsOf(alert)}${reason}`];
  if (alert.mayRepeat) lines.push(repetition);
  if (alert.undelivered !== undefined) lines.push(undeliveredLine(alert.undelivered));
  if (alert.notImported !== undefined)
    lines.push(`Security Hub does not have this: it was not imported (${clean(alert.notImported)}).`);
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

function whereLines({ account, accountName, team, region, when }: Alert): string[] {
  const named = accountName === undefined ? account : `${account} ${accountName}`;
  return labelled([
    ["account", `${account === "" ? "not in the record" : named} (team ${team})`],
    ["region", region],
    ["time", when.eventTime],
    ["seen", when.delaySeconds === undefined ? undefined : `${when.delaySeconds} s later`],
  ]);
}

function whyLines({ why, novelty }: Alert): string[] {
  const lines = why.slice(0, 12).map((evidence) => {
    const because = evidence.why === undefined ? "" : ` (${clean(evidence.why)})`;
    return `  ${clean(evidence.parameter, 120, true)} = ${clean(evidence.value)}${because}`;
  });
  return novelty === undefined ? lines : [`  ${clean(novelty)}`, ...lines];
}

/** The lines to decide about a fix with. */
function approvalSections({ approval, outcome }: Alert): Section[] {
  if (approval === undefined) return [];
  const { approve, deny } = approval;
  return [
    outcome === "delayed"
      ? { heading: "To deny the fix, or to have it made now", lines: [`  ${deny}`, `  ${approve}`] }
      : {
          heading: "To have it fixed, or not, as one of the approvers",
          lines: [`  ${approve}`, `  ${deny}`],
        },
  ];
}

/** The calls made and the rollback, with as many calls as fit. */
function callSections({ id, outcome, done, rollback }: Alert): Section[] {
  let room = roomForCalls;
  const lineOf = ({ service, operation, commandLine }: ShownCall, instead: string) => {
    if (commandLine.length > room) return `  ${service}:${operation} is too long for an alert: ${instead}`;
    room -= commandLine.length;
    return `  ${commandLine}`;
  };
  const sections: Section[] = [];
  // Gets its room first: somebody may have to paste it in a hurry.
  if (rollback !== undefined)
    sections.push({
      heading: `To roll this back: ${rollback.command}${rollback.calls.length === 0 ? "" : rollback.calls.length === 1 ? ", or" : ", or in this order"}`,
      lines: rollback.calls.map((call) => lineOf(call, "the command above makes this call")),
    });
  if (done !== undefined)
    sections.unshift({
      heading: `${callsTitles[outcome] ?? "Planned"}: ${clean(done.summary, 500)}`,
      lines: done.calls.map((call) => lineOf(call, `see finding ${id} in the table`)),
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
    // Our own text, not the record's, and not a link that a mail program would make clickable.
    `  ${"log file".padEnd(10)} ${clean(alert.source, 1_100).replace("s3[:]//", "s3://")}`,
    `  ${"console".padEnd(10)} ${alert.console}`,
  ];
}

/** One line per label and cleaned value; missing values are omitted. */
function labelled(rows: [label: string, value: unknown, max?: number][]): string[] {
  return rows
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([label, value, max]) => `  ${label.padEnd(10)} ${clean(value, max)}`);
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
