import { createHash } from "node:crypto";
import { eventOf } from "../cloudtrail/record";
import type { Finding } from "../detections/finding";
import { canonicalJson, fieldsOf, plainTextOf } from "../json";

/** The parts of a record that are the same on every path and in every delivery. */
export interface Identity {
  event: string;
  account: string;
  /** ARN or other name of the caller. */
  caller: string;
  /** Hash of the request parameters; undefined if CloudTrail omitted or truncated them. */
  parameters?: string;
}

/** The identity of a finding's record. */
export function identityOf({
  record,
  account,
  actor,
}: Pick<Finding, "record" | "account" | "actor">): Identity {
  const identity: Identity = { event: eventOf(record), account, caller: actor.arn ?? actor.name };
  const { requestParameters } = record;
  const { omitted, reason } = fieldsOf(requestParameters);
  if (omitted !== undefined || /too large/.test(plainTextOf(reason))) return identity;
  const hash = createHash("sha256").update(canonicalJson(requestParameters ?? null));
  return { ...identity, parameters: hash.digest("hex").slice(0, 32) };
}

/**
 * Whether two records with one event ID are the same record. Bytes may differ between paths, and an addendum has the ID of
 * the record that it corrects, so only what neither of them omits is compared.
 */
export function sameIdentity(known: Identity | undefined, found: Identity): boolean {
  if (known === undefined) return true;
  const { parameters } = known;
  return (
    known.event === found.event &&
    known.account === found.account &&
    known.caller === found.caller &&
    (parameters === undefined || found.parameters === undefined || parameters === found.parameters)
  );
}

/**
 * The finding of a record that has the event ID of another one: it is alerted under its own id, as critical, and never
 * fixed. CloudTrail never reuses an ID, so somebody forged one of the two.
 */
export function collisionOf(finding: Finding): Finding {
  const hash = createHash("sha256").update(canonicalJson(finding.record)).digest("hex");
  return {
    ...finding,
    id: `collision-${hash.slice(0, 40)}#${finding.detection.id}`,
    severity: "critical",
    title: `A second record under a known event ID: ${finding.title}`,
    suspect: `another record with the event ID ${plainTextOf(finding.record.eventID)} was handled before; CloudTrail never reuses an ID, so one of them is forged`,
  };
}
