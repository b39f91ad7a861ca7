import type { Severity } from "../settings";
import { reservedKeys } from "../aws/table";
import { canonicalJson, textOf } from "../json";
import { createHash } from "node:crypto";
import type { Actor } from "../cloudtrail/actor";
import { accountOf, type CloudTrailRecord } from "../cloudtrail/record";
import type { Detection, Match } from "./detection";

/** One record matched by one detection. */
export interface Finding {
  /** `<eventID>#<detection id>` */
  id: string;
  detection: Detection;
  severity: Severity;
  title: string;
  match: Match;
  record: CloudTrailRecord;
  actor: Actor;
  account: string;
  region: string;
  /** The log file: `s3://bucket/key`, or a path in `replay`. */
  source: string;
  /** Why the record cannot be trusted: then the finding is alerted as critical, and never fixed. */
  suspect?: string;
}

/**
 * Makes the finding of a match.
 *
 * @param eventID what stands for the record's own in the finding's id: for bursts, the burst's
 */
export function findingOf(
  hit: { detection: Detection; severity: Severity; match: Match },
  record: CloudTrailRecord,
  actor: Actor,
  source: string,
  eventID: string = eventIDOf(record),
): Finding {
  const { detection, severity, match } = hit;
  return {
    id: `${eventID}#${detection.id}`,
    detection,
    severity,
    title: match.title ?? detection.title,
    match,
    record,
    actor,
    account: accountOf(record),
    region: textOf(record.awsRegion) ?? "",
    source,
  };
}

/** Who called, for counting: a session is its role, since anybody may give it another name. */
export function principalOf({ actor }: Pick<Finding, "actor">): string {
  return actor.role?.arn ?? actor.arn ?? actor.name;
}

/**
 * The record's own event ID, when it reads like one. Whatever else stands there (nothing, a text that reads like another
 * key of the table or like a command) a record is known by its content.
 */
function eventIDOf(record: CloudTrailRecord): string {
  const { eventID } = record;
  return typeof eventID === "string" &&
    /^[A-Za-z0-9-]{1,128}$/.test(eventID) &&
    !reservedKeys.includes(eventID)
    ? eventID
    : `sha256-${createHash("sha256").update(canonicalJson(record)).digest("hex")}`;
}
