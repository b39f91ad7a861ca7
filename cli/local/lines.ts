import type { Alert } from "../../handlers/alerts/alert";
import { clean, cut } from "../../handlers/alerts/clean";
import { visible } from "../../handlers/visible";
import { smsOf } from "../../handlers/alerts/render";
import { actorOf } from "../../handlers/cloudtrail/actor";
import { type CloudTrailRecord, eventOf } from "../../handlers/cloudtrail/record";
import { fieldsOf, textOf } from "../../handlers/json";
import { isOwnAction } from "../../handlers/cloudtrail/own-actions";
import type { Delivered } from "../../local/recorder/delivery";
import { isAlert } from "../../local/stack";

/** A write call, in one line. @param own the detector's role, and its team */
export function recordLine(record: CloudTrailRecord, own: { roleName: string; team: string }): string {
  const { roleName, team } = own;
  const isOwn = isOwnAction(record, { account: String(record.recipientAccountId), roleName });
  const who = isOwn ? `cloudtrailer of team ${team}` : actorOf(record).name;
  const failed = record.errorCode === undefined ? "" : ` (${record.errorCode})`;
  return clean(`${eventOf(record)} by ${who} in ${record.awsRegion}${failed}`);
}

/** What was delivered, in one line: the hourly run causes a log file for every region. */
export function deliveryLine({
  records,
  keys: [first = "", ...others],
}: Pick<Delivered, "records" | "keys">): string {
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `${records} ${records === 1 ? "record" : "records"}: ${first}${more}`;
}

/**
 * Whatever was published to the alert topic, in one line: an alert about a finding, a summary, such as that of an open
 * breaker or a flood, or the message itself.
 */
export function alertLine(message: unknown): string {
  return clean(isAlert(message) ? findingLine(message) : summaryLine(message), 1_000);
}

/**
 * Whatever was published to the watch topic, in one line: the text of a rule, or an alarm. Empty for a new alarm that has
 * found nothing wrong.
 */
export function watchLine(message: unknown): string {
  const { AlarmName, AlarmDescription, NewStateValue, OldStateValue } = fieldsOf(message);
  const name = textOf(AlarmName);
  if (name !== undefined) {
    const state = textOf(NewStateValue) ?? "";
    // Our own texts, in which the alarm's name stays as it is.
    if (state === "OK") return OldStateValue === "INSUFFICIENT_DATA" ? "" : visible(`OK: ${name} is over`);
    return visible(cut(`${state}: ${name}: ${textOf(AlarmDescription) ?? ""}`, 1_000));
  }
  // EventBridge writes each line of a text as a JSON string.
  return clean(
    (textOf(message) ?? JSON.stringify(message) ?? "")
      .split("\n")
      .map((line) => line.replace(/^"|"$/g, ""))
      .join(" "),
    1_000,
  );
}

function findingLine(alert: Alert): string {
  const { outcome, done, reason, when } = alert;
  const detail = outcome === "fixed" ? done?.summary : (reason ?? done?.summary);
  const more = detail === undefined ? "" : `: ${detail}`;
  return `${smsOf(alert)}${more} (${when.delaySeconds ?? "?"} s after the call)`;
}

function summaryLine(message: unknown): string {
  const { severity, reason, title, detection, actor } = fieldsOf(message);
  const text = textOf(reason) ?? textOf(title);
  if (text === undefined) return clean(message, 1_000);
  const head = textOf(severity)?.toUpperCase();
  const about = [textOf(detection), textOf(actor)].filter((one) => one !== undefined).join(" by ");
  return `${head === undefined ? "" : `${head}: `}${text}${about === "" ? "" : ` (${about})`}`;
}
