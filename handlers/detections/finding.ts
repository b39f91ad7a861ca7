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
  /** The log file: `s3://bucket/key`, or a path in `replay`; an event: `eventbridge:us-west-2/<its id>`. */
  source: string;
  /** Why the record cannot be trusted: the finding is then alerted as critical, and never fixed. */
  suspect?: string;
  /** Why it is only alerted, whatever the mode. */
  onlyAlert?: string;
  /** ARN of the person who sent the record by hand: its fix is planned at most. */
  sentBy?: string;
  /** It is about many records, of which `record` is only one: a burst, or what is known. */
  isOfMany?: true;
}

/**
 * Creates the finding of a match.
 *
 * @param eventID replaces the record's own in the finding's id: for bursts, the burst's
 */
export function findingOf(
  hit: { detection: Detection; severity: Severity; match: Match },
  record: CloudTrailRecord,
  actor: Actor,
  source: string,
  eventID?: string,
): Finding {
  const { detection, severity, match } = hit;
  return {
    id: `${eventID ?? eventIDOf(record)}#${detection.id}`,
    detection,
    severity,
    title: match.title ?? detection.title,
    match,
    record,
    actor,
    account: accountOf(record),
    region: textOf(record.awsRegion) ?? "",
    source,
    ...(eventID === undefined ? {} : { isOfMany: true }),
  };
}

/** How a record can come: as an event of EventBridge within seconds, or in a log file after minutes. */
export type Path = "event" | "logFile";

/** How a finding's source begins if an event brought it. */
export const eventSourcePrefix = "eventbridge:";

/** The path on which a source's records come. */
export function pathOf({ source }: Pick<Finding, "source">): Path {
  return source.startsWith(eventSourcePrefix) ? "event" : "logFile";
}

/** The caller, for counting: a session counts as its role, because anybody can choose another session name. */
export function principalOf({ actor }: Pick<Finding, "actor">): string {
  return actor.role?.arn ?? actor.arn ?? actor.name;
}

/** How IDs begin that stand for something else than one event. No event ID may look like one. */
const syntheticIDs = /^(?:burst|collision|known|misplaced|replayed|sent|sha256)-/;

/** Whether an event ID stands for something else than one event of CloudTrail's. */
export function isSyntheticID(eventID: string): boolean {
  return syntheticIDs.test(eventID);
}

/**
 * The record's own event ID if it looks like one. Otherwise (it is missing, or looks like another key of the table or like a
 * command) the record is identified by its content.
 */
function eventIDOf(record: CloudTrailRecord): string {
  const { eventID } = record;
  return typeof eventID === "string" &&
    /^[A-Za-z0-9-]{1,128}$/.test(eventID) &&
    !reservedKeys.includes(eventID) &&
    !isSyntheticID(eventID)
    ? eventID
    : `sha256-${createHash("sha256").update(canonicalJson(record)).digest("hex")}`;
}
