import { clean } from "../../handlers/alerts/clean";
import { smsOf } from "../../handlers/alerts/render";
import { actorOf } from "../../handlers/cloudtrail/actor";
import { type CloudTrailRecord, eventOf } from "../../handlers/cloudtrail/record";
import { fieldsOf, textOf } from "../../handlers/json";
import { isOwnAction } from "../../handlers/cloudtrail/own-actions";
import type { Delivered } from "../../local/recorder/delivery";
import { isAlert } from "../../local/stack";

/** A call that changes something, in one line. @param own the detector's role, and its team */
export function recordLine(record: CloudTrailRecord, own: { roleName: string; team: string }): string {
  const { roleName, team } = own;
  const isOwn = isOwnAction(record, { account: String(record.recipientAccountId), roleName });
  const who = isOwn ? `cloudtrailer of team ${team}` : actorOf(record).name;
  const failed = record.errorCode === undefined ? "" : ` (${record.errorCode})`;
  return clean(`${eventOf(record)} by ${who} in ${record.awsRegion}${failed}`);
}

/** What was delivered, in one line: a look at all baselines brings a log file for every region. */
export function deliveryLine({
  records,
  keys: [first = "", ...others],
}: Pick<Delivered, "records" | "keys">): string {
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `${records} ${records === 1 ? "record" : "records"}: ${first}${more}`;
}

/**
 * Whatever was published to the alert topic, in one line: an alert about a finding; else what the message says of itself,
 * such as a breaker that has opened; else the message.
 */
export function alertLine(message: unknown): string {
  if (isAlert(message)) {
    const { outcome, done, reason, when } = message;
    const detail = outcome === "fixed" ? done?.summary : (reason ?? done?.summary);
    const more = detail === undefined ? "" : `: ${detail}`;
    return clean(`${smsOf(message)}${more} (${when.delaySeconds ?? "?"} s after the call)`, 1_000);
  }
  const { severity, outcome, reason, title } = fieldsOf(message);
  const text = textOf(reason) ?? textOf(title);
  if (text === undefined) return clean(message, 1_000);
  const head = [textOf(severity)?.toUpperCase(), textOf(outcome)]
    .filter((word) => word !== undefined)
    .join(" ");
  return clean(head === "" ? text : `${head}: ${text}`, 1_000);
}
