import { randomUUID } from "node:crypto";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { fieldsOf } from "../../handlers/json";

/** Where the recorder takes records that somebody sends (`npx cloudtrailer send`): `POST {"Records":[…]}`. */
export const sendPath = "/_cloudtrailer/records";

/** A web page cannot set a header of its own without the server's consent, so it cannot send records. */
export const sendHeader = "x-cloudtrailer-send";

/** Maximum bytes of a request: as much as a large log file, inflated. */
export const maxSentBytes = 64 * 1024 ** 2;

/** The answer to records that were sent: their new IDs and times, in order. */
export interface Sent {
  sent: { eventID: string; event: string; awsRegion: string }[];
}

/**
 * A saved record as if its call had just been made in this account: with a new ID, or it would be a duplicate, the current
 * time, or it would be too old to be fixed, and the account's number in place of its own.
 *
 * @param now epoch ms
 */
export function asIfNew(
  record: CloudTrailRecord,
  { account, now }: { account: string; now: number },
): CloudTrailRecord {
  const from = String(record.recipientAccountId ?? fieldsOf(record.userIdentity).accountId ?? "");
  const text = JSON.stringify(record);
  const here = /^\d{12}$/.test(from)
    ? text.replace(new RegExp(`(?<!\\d)${from}(?!\\d)`, "g"), account)
    : text;
  return {
    ...(JSON.parse(here) as CloudTrailRecord),
    recipientAccountId: account,
    eventID: randomUUID(),
    eventTime: new Date(now).toISOString().replace(/\.\d{3}Z$/, "Z"),
  };
}

/**
 * Reads a request's body.
 *
 * @throws Error that says what was expected
 */
export function recordsIn(body: string): CloudTrailRecord[] {
  const expected = 'expected {"Records":[…]} with records of CloudTrail';
  let Records: unknown;
  try {
    ({ Records } = fieldsOf(JSON.parse(body)));
  } catch (cause) {
    throw new Error(`${expected}, found no JSON`, { cause });
  }
  if (!Array.isArray(Records)) throw new Error(`${expected}, found no list`);
  const isRecord = (one: unknown) =>
    ["eventSource", "eventName", "awsRegion"].every((name) => typeof fieldsOf(one)[name] === "string");
  const wrong = Records.findIndex((one) => !isRecord(one));
  if (wrong >= 0)
    throw new Error(`${expected}, found Records[${wrong}] without eventSource, eventName or awsRegion`);
  return Records as CloudTrailRecord[];
}
