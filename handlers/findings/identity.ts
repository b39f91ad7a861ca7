import { createHash } from "node:crypto";
import { holdsRedacted } from "../cloudtrail/parameters";
import { eventOf } from "../cloudtrail/record";
import type { Finding } from "../detections/finding";
import { canonicalJson, type Fields, fieldsOf, plainTextOf, textOf } from "../json";

/** The parts of a record that are the same on every path and in every delivery. What a record omits is omitted here. */
export interface Identity {
  event: string;
  account: string;
  region?: string;
  /** ARN or other name of the caller; undefined if an addendum corrects it. */
  caller?: string;
  /** Hash of each request parameter, by name; undefined if CloudTrail omitted, truncated or corrected them. */
  parameters?: Record<string, string>;
}

/** Parameters that are compared one by one; calls have fewer. */
const maxParameters = 50;

/** Stands for all parameters above those. No parameter is called so. */
const others = "…";

/** The identity of a finding's record. */
export function identityOf({
  record,
  account,
  actor,
}: Pick<Finding, "record" | "account" | "actor">): Identity {
  const { requestParameters, addendum } = record;
  const corrected = plainTextOf(fieldsOf(addendum).updatedFields);
  const identity: Identity = { event: eventOf(record), account };
  const region = textOf(record.awsRegion);
  if (region !== undefined) identity.region = region;
  if (!/\buserIdentity\b/.test(corrected)) identity.caller = actor.arn ?? actor.name;
  const { omitted, reason } = fieldsOf(requestParameters);
  const isWhole = omitted === undefined && !/too large/.test(plainTextOf(reason));
  if (isWhole && !/\brequestParameters\b/.test(corrected))
    identity.parameters = parametersOf(requestParameters);
  return identity;
}

/** Parameters that are there: not null, and with nothing in them that CloudTrail has blacked out. */
function parametersOf(requestParameters: unknown): Record<string, string> {
  const given = Object.entries(fieldsOf(requestParameters))
    .filter(([, value]) => value !== null && value !== undefined && !holdsRedacted(value))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const hashes = given
    .slice(0, maxParameters)
    .map(([name, value]): [string, string] => [name.slice(0, 100), hashOf(value)]);
  if (given.length > maxParameters) hashes.push([others, hashOf(given.slice(maxParameters))]);
  return Object.fromEntries(hashes);
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 16);
}

/**
 * Whether two records with one event ID are the same record. Bytes may differ between paths, and an addendum has the ID of
 * the record that it corrects, so only what neither of them omits is compared.
 */
export function sameIdentity(known: Identity | undefined, found: Identity): boolean {
  if (known === undefined) return true;
  return (
    known.event === found.event &&
    known.account === found.account &&
    (known.region === undefined || found.region === undefined || known.region === found.region) &&
    (known.caller === undefined || found.caller === undefined || known.caller === found.caller) &&
    sameParameters(fieldsOf(known.parameters), fieldsOf(found.parameters))
  );
}

/** Before 0.3.0 an identity had one hash for all parameters, which says nothing here. */
function sameParameters(known: Fields, found: Fields): boolean {
  return Object.keys(known).every((name) => !Object.hasOwn(found, name) || known[name] === found[name]);
}

/**
 * The finding of a record that has the event ID of another one: it is alerted under its own id, as critical, and never
 * fixed. CloudTrail never reuses an ID, so somebody forged one of the two.
 */
export function collisionOf(finding: Finding): Finding {
  return suspectOf(finding, {
    id: "collision",
    title: `A second record under a known event ID: ${finding.title}`,
    suspect: `another record with the event ID ${plainTextOf(finding.record.eventID)} was handled before; CloudTrail never reuses an ID, so one of them is forged`,
  });
}

/**
 * The finding of a record that stands in a log file of another account. CloudTrail keeps accounts apart, so somebody else
 * wrote the file: the finding has an id of its own, and takes none from the record's true finding.
 */
export function misplacedOf(finding: Finding, account: string): Finding {
  const { recipientAccountId } = finding.record;
  return suspectOf(finding, {
    id: "misplaced",
    title: `A record of another account: ${finding.title}`,
    suspect: `the record is of the account ${plainTextOf(recipientAccountId)}, and stands in a log file of ${account}; CloudTrail keeps accounts apart, so it is forged`,
  });
}

function suspectOf(
  finding: Finding,
  { id, title, suspect }: { id: string; title: string; suspect: string },
): Finding {
  const hash = createHash("sha256").update(canonicalJson(finding.record)).digest("hex");
  return {
    ...finding,
    id: `${id}-${hash.slice(0, 40)}#${finding.detection.id}`,
    severity: "critical",
    title,
    suspect,
  };
}
