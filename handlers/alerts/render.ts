import type { Alert, ShownCall } from "./alert";
import { clean, cut } from "./clean";

/** What each outcome means to the person who is told. */
const outcomeWords: Record<Alert["outcome"], string> = {
  fixed: "UNDONE",
  "already-ok": "NOTHING LEFT TO UNDO",
  "changed-since": "NOT UNDONE, it was changed since",
  "needs-baseline": "NOT UNDONE, the state before is not known",
  refused: "NOT UNDONE",
  failed: "UNDOING FAILED",
  alerted: "ALERT ONLY",
  planned: "NOT UNDONE, only planned (mode plan)",
};

/** The subject of an e-mail: ASCII, at most 100 characters, as SNS demands. */
export function subjectOf(alert: Alert): string {
  const text = `[${alert.severity.toUpperCase()}] ${alert.title} by ${alert.who.name} (${alert.outcome})`;
  return cutAscii(clean(text), 100);
}

/** One SMS: at most 140 characters of ASCII. */
export function smsOf(alert: Alert): string {
  const resource = alert.what.resources[0]?.id;
  const on = resource === undefined ? "" : ` on ${lastPart(resource)}`;
  const text = `${alert.severity.toUpperCase()} ${alert.outcome}: ${alert.title}${on} by ${alert.who.name}, account ${alert.account}`;
  return cutAscii(clean(text), 140);
}

/** The alert for people, as the text of an e-mail. Everything that came from a record is cleaned and cut. */
export function textOfAlert(alert: Alert): string {
  const { what, who, when } = alert;
  const lines: string[] = [];
  const line = (label: string, value: unknown, most?: number) => {
    if (value !== undefined && value !== "") lines.push(`  ${label.padEnd(10)} ${clean(value, most)}`);
  };
  const calls = (title: string, shown: ShownCall[]) => {
    lines.push("", title, ...shown.map((call) => `  ${cut(call.commandLine, 4_000)}`));
  };

  lines.push(`${alert.severity.toUpperCase()}: ${clean(alert.title)}`);
  const words =
    alert.outcome === "fixed" && alert.done?.contains
      ? "CONTAINED, what the call did may still be there"
      : outcomeWords[alert.outcome];
  lines.push(`${words}${alert.reason === undefined ? "" : `: ${clean(alert.reason, 600)}`}`);

  lines.push("", "What");
  line("call", what.event);
  for (const resource of what.resources.slice(0, 10)) line("resource", `${resource.id} (${resource.type})`);
  if (what.resources.length > 10) line("resource", `and ${what.resources.length - 10} more`);
  line("error", what.errorCode);
  line("message", what.errorMessage);

  lines.push("", "Who");
  line("actor", `${who.name} (${who.type})`);
  line("arn", who.arn);
  line("role", who.role?.arn ?? who.role?.name);
  line("key", who.accessKeyId);
  line("mfa", who.mfa === undefined ? undefined : who.mfa ? "yes" : "no");
  line("from", who.sourceIPAddress);
  line("through", who.invokedBy);
  line("with", who.userAgent, 120);

  lines.push("", "Where and when");
  line("account", `${alert.account} (team ${alert.team})`);
  line("region", alert.region);
  line("time", when.eventTime);
  if (when.delaySeconds !== undefined) line("seen", `${when.delaySeconds} s later`);

  lines.push("", "Why");
  if (alert.novelty !== undefined) lines.push(`  ${clean(alert.novelty)}`);
  for (const evidence of alert.why.slice(0, 12)) {
    const why = evidence.why === undefined ? "" : ` (${clean(evidence.why)})`;
    lines.push(`  ${clean(evidence.parameter, 120)} = ${clean(evidence.value)}${why}`);
  }

  if (alert.done !== undefined) {
    const title =
      alert.outcome === "fixed"
        ? "What was done"
        : alert.outcome === "failed"
          ? "What was tried"
          : "What would be done";
    calls(`${title}: ${clean(alert.done.summary, 500)}`, alert.done.calls);
  }
  if (alert.rollback !== undefined)
    calls(`How to take that back: ${alert.rollback.command}, or`, alert.rollback.calls);

  lines.push("", "Next steps", ...alert.runbook.map((step, index) => `  ${index + 1}. ${step}`));
  if (alert.falsePositives.length > 0)
    lines.push("", "Nothing to worry about when", ...alert.falsePositives.map((one) => `  - ${one}`));

  lines.push("", "Reference");
  line("finding", alert.id);
  line("detection", alert.detection);
  line(
    "attack",
    alert.attack.before === undefined
      ? alert.attack.technique
      : `${alert.attack.technique} (${alert.attack.before})`,
  );
  // Ours, not the record's, and no link that a mail program makes clickable.
  lines.push(`  ${"log file".padEnd(10)} ${clean(alert.source, 1_100).replace("s3[:]//", "s3://")}`);
  lines.push(`  ${"console".padEnd(10)} ${alert.console}`);
  return `${lines.join("\n")}\n`;
}

function cutAscii(text: string, most: number): string {
  const ascii = text.replace(/[^\x20-\x7e]/g, "?");
  return ascii.length <= most ? ascii : `${ascii.slice(0, most - 3)}...`;
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
