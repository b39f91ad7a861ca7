import { resolve } from "node:path";
import { isEvent, nearestEvents } from "../infra/rules/aws-names";
import { chosen, lookInBucket, lookUp, type Wanted } from "./rules/find-records";
import { readRecords } from "./rules/read-records";
import { saveRecord } from "./rules/saved-record";
import { callAwsAt, findStack, stackOptions } from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "capture [PATH…] [options]";
export const summary = "Save CloudTrail records as examples for your own rules";
export const details = `Looks in PATH (files or folders, in any format that replay reads); otherwise in the bucket of --bucket or \
CLOUDTRAILER_BUCKET, newest log file first; otherwise in CloudTrail's event history. Secrets and access key IDs are removed. \
Each record becomes a file in own/records/, which an example names by its path and new reads with --from.`;
export const options = {
  "event-id": { type: "string", value: "ID", description: "the record with this event ID" },
  event: {
    type: "string",
    value: "EVENT",
    description: "only records of this event, such as ec2:CreateTags",
  },
  last: { type: "string", value: "N", default: "1", description: "how many records, newest first" },
  out: { type: "string", value: "FOLDER", description: "the folder to save to, instead of own/records" },
  bucket: { type: "string", value: "NAME", description: "a bucket with log files" },
  region: {
    type: "string",
    value: "REGION",
    description: "the region of the event history, instead of AWS_REGION",
  },
  endpoint: stackOptions.endpoint,
} as const satisfies Options;

type Values = Given<typeof options>["values"];

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const wanted = wantedFrom(values);
  const records =
    positionals.length > 0
      ? chosen(await readRecords(positionals), wanted)
      : await recordsOfAws(values, wanted);
  if (records.length === 0) {
    io.err(
      `cloudtrailer capture: no such record${positionals.length > 0 ? "" : " yet: CloudTrail takes minutes to deliver one"}`,
    );
    return 1;
  }
  for (const record of records) {
    const { path } = saveRecord(record, values.out === undefined ? undefined : resolve(values.out));
    io.out(path);
  }
  return 0;
}

function wantedFrom({ event, last, "event-id": eventID }: Values): Wanted {
  if (!/^[1-9]\d{0,3}$/.test(last))
    throw usageError(`expected --last to be a number from 1 to 9999, found ${JSON.stringify(last)}`);
  if (event !== undefined) expectEvent(event);
  return {
    last: Number(last),
    ...(eventID === undefined ? {} : { eventID }),
    ...(event === undefined ? {} : { event }),
  };
}

/** @throws a usage error with the nearest names if AWS has no such event */
export function expectEvent(event: string): void {
  if (/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(event) && isEvent(event)) return;
  const near = nearestEvents(event);
  const meant = near.length === 0 ? "" : ` (did you mean ${near.join(", ")}?)`;
  throw usageError(
    `expected --event to be an event that AWS has, such as ec2:CreateTags; found ${JSON.stringify(event)}${meant}`,
  );
}

async function recordsOfAws({ bucket: named, region: given, endpoint }: Values, wanted: Wanted) {
  const aws = callAwsAt(endpoint);
  const bucket = named ?? process.env.CLOUDTRAILER_BUCKET;
  const { region } = await findStack([], { region: given });
  return bucket === undefined
    ? lookUp(aws, region, wanted)
    : lookInBucket(aws, { bucket, region }, wanted, Date.now());
}
