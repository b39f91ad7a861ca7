import type { Severity } from "../settings";
import { textOf } from "../json";
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

/** A record without an event id, which AWS never writes, is known by its content. */
function eventIDOf(record: CloudTrailRecord): string {
  return typeof record.eventID === "string" && record.eventID !== ""
    ? record.eventID
    : `sha256-${createHash("sha256").update(JSON.stringify(record)).digest("hex")}`;
}
