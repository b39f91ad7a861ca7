import { gunzipSync } from "node:zlib";
import type { CallAws } from "../../handlers/aws/call";
import { type CloudTrailRecord, eventOf } from "../../handlers/cloudtrail/record";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../handlers/json";

/** Which records are looked for; the newest first, `last` of them. */
export interface Wanted {
  eventID?: string;
  /** `ec2:CreateTags` */
  event?: string;
  last: number;
}

/** Whether a record is looked for. */
export function isWanted(record: CloudTrailRecord, { eventID, event }: Wanted): boolean {
  return (
    (eventID === undefined || record.eventID === eventID) &&
    (event === undefined || eventOf(record) === event)
  );
}

/** The newest of those that are looked for. */
export function chosen(records: CloudTrailRecord[], wanted: Wanted): CloudTrailRecord[] {
  return records
    .filter((record) => isWanted(record, wanted))
    .sort((a, b) => (a.eventTime < b.eventTime ? 1 : -1))
    .slice(0, wanted.last);
}

/** Services whose event names end in an API version, which rules leave out: `CreateFunction20150331`. */
const versioned = ["lambda", "cloudfront"];

/** The one attribute by which AWS filters. */
function attributeOf({ eventID, event }: Wanted): { AttributeKey: string; AttributeValue: string } {
  if (eventID !== undefined) return { AttributeKey: "EventId", AttributeValue: eventID };
  if (event === undefined) return { AttributeKey: "ReadOnly", AttributeValue: "false" };
  const [service = "", name = ""] = event.split(":");
  return versioned.includes(service)
    ? { AttributeKey: "EventSource", AttributeValue: `${service}.amazonaws.com` }
    : { AttributeKey: "EventName", AttributeValue: name };
}

/** Pages of the event history that are read before giving up: AWS allows two a second, of 50 events each. */
const maxPages = 40;

/**
 * Looks in the event history of a region, which has management events of 90 days.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function lookUp(aws: CallAws, region: string, wanted: Wanted): Promise<CloudTrailRecord[]> {
  const attribute = attributeOf(wanted);
  const records: CloudTrailRecord[] = [];
  let token: unknown;
  for (let page = 0; page < maxPages && records.length < wanted.last; page++) {
    const input = {
      LookupAttributes: [attribute],
      MaxResults: 50,
      ...(token === undefined ? {} : { NextToken: token }),
    };
    const { Events, NextToken } = await aws({
      service: "cloudtrail",
      operation: "LookupEvents",
      region,
      input,
    });
    for (const event of listOf(Events)) {
      const record = JSON.parse(plainTextOf(fieldsOf(event).CloudTrailEvent) || "{}") as CloudTrailRecord;
      if (isWanted(record, wanted)) records.push(record);
    }
    token = NextToken;
    if (token === undefined) break;
  }
  return chosen(records, wanted);
}

/** Log files that are read before giving up. */
const maxFiles = 400;

/** Looks in the log files of a bucket, from the newest on: those of the last two days. @param now epoch ms */
export async function lookInBucket(
  aws: CallAws,
  { bucket, region }: { bucket: string; region: string },
  wanted: Wanted,
  now: number,
): Promise<CloudTrailRecord[]> {
  const s3 = (operation: string, input: Record<string, unknown>) =>
    aws({ service: "s3", operation, region, input: { Bucket: bucket, ...input } });
  const foldersIn = async (Prefix: string) =>
    listOf((await s3("ListObjectsV2", { Prefix, Delimiter: "/" })).CommonPrefixes).map((one) =>
      plainTextOf(fieldsOf(one).Prefix),
    );
  const keysIn = async (Prefix: string) => {
    const keys: string[] = [];
    let token: unknown;
    do {
      const page = await s3("ListObjectsV2", {
        Prefix,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      });
      keys.push(...listOf(page.Contents).map((one) => plainTextOf(fieldsOf(one).Key)));
      token = textOf(page.NextContinuationToken);
    } while (token !== undefined);
    return keys.filter((key) => key.endsWith(".json.gz"));
  };
  const days = [0, 1].map((back) =>
    new Date(now - back * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "/"),
  );
  const regions: string[] = [];
  for (const account of await foldersIn("AWSLogs/"))
    regions.push(...(await foldersIn(`${account}CloudTrail/`)));
  const keys: string[] = [];
  for (const day of days) for (const folder of regions) keys.push(...(await keysIn(`${folder}${day}/`)));
  // The time stands in a log file's name, behind the account and the region.
  const newest = keys.sort((a, b) => (timeIn(a) < timeIn(b) ? 1 : -1)).slice(0, maxFiles);
  const records: CloudTrailRecord[] = [];
  for (const Key of newest) {
    records.push(...(await recordsIn(await s3("GetObject", { Key }))).filter((one) => isWanted(one, wanted)));
    // A file of the same minutes, in another region, may have a newer one.
    if (records.length >= wanted.last * 4 + 20) break;
  }
  return chosen(records, wanted);
}

function timeIn(key: string): string {
  return /_(\d{8}T\d{4}Z)_/.exec(key)?.[1] ?? "";
}

async function recordsIn({ Body }: Record<string, unknown>): Promise<CloudTrailRecord[]> {
  const { transformToByteArray } = Body as { transformToByteArray(): Promise<Uint8Array> };
  const bytes = Buffer.from(await transformToByteArray.call(Body));
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
  return listOf(fieldsOf(JSON.parse(text)).Records) as CloudTrailRecord[];
}
