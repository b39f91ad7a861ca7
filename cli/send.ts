import { readFile } from "node:fs/promises";
import type { CloudTrailRecord } from "../handlers/cloudtrail/record";
import { fieldsOf, listOf, plainTextOf, textOf } from "../handlers/json";
import { sendHeader, sendPath, type Sent } from "../local/recorder/sent";
import { readRecords } from "./rules/read-records";
import { clean } from "../handlers/alerts/clean";
import { createAskFunction } from "./ask-function";
import { callAwsAt, findStack, stackOptions, tableOption } from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "send FILE… [options]";
export const summary = "Let a stack process saved records, notifications or events";
export const details = `FILE holds records in any format that replay reads: they are processed as if their calls had just been \
made in the local account, with a new event ID, the current time and the local account number. Or it holds a notification of \
CloudTrail about log files in the stack's bucket, or any other event of the function: the function gets it as it is.

A stack on AWS takes records alone, as they are, with --why. It only plans what would fix them: findings, alerts and IDs are marked \
as sent, and neither bursts nor novelty count them. \`npx cloudtrailer replay --plan FILE\` shows the same without a stack.`;
export const options = {
  endpoint: {
    type: "string",
    value: "URL",
    description: "the endpoint that local prints, instead of AWS_ENDPOINT_URL",
  },
  function: {
    type: "string",
    value: "NAME",
    description: "the function that gets events, instead of CLOUDTRAILER_FUNCTION",
  },
  table: tableOption.table,
  why: {
    type: "string",
    value: "TEXT",
    description: "for a stack on AWS: the reason, which is kept with the request; required there",
  },
  stack: stackOptions.stack,
  region: stackOptions.region,
} as const satisfies Options;

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  if (positionals.length === 0) throw usageError("expected a FILE, found none");
  const endpoint = values.endpoint ?? process.env.AWS_ENDPOINT_URL;
  if (!isLoopback(endpoint)) return sendToFunction(positionals, values, io);
  for (const file of positionals) {
    const event = await eventIn(file);
    if (event === undefined) await sendRecords(await readRecords([file]), endpoint, io);
    else await invoke(event, values, io);
  }
  return 0;
}

/** More would be a replay. */
const maxRecords = 20;

/** Has the function of a stack on AWS plan what would fix saved records. */
async function sendToFunction(
  files: string[],
  values: Given<typeof options>["values"],
  io: Io,
): Promise<number> {
  const { endpoint, why } = values;
  if (!why?.trim())
    throw usageError(
      "expected --why TEXT for a stack on AWS, or the endpoint of npx cloudtrailer local in --endpoint or AWS_ENDPOINT_URL, found neither",
    );
  for (const file of files)
    if ((await eventIn(file)) !== undefined)
      throw usageError(`expected records in ${file}, found an event: a stack on AWS takes records alone`);
  const records = await readRecords(files);
  if (records.length > maxRecords)
    throw usageError(
      `expected at most ${maxRecords} records, found ${records.length}: npx cloudtrailer replay --plan reads any number`,
    );
  const stack = await findStack(["table", "function"], values);
  const ask = createAskFunction({ ...stack, endpoint, aws: callAwsAt(endpoint) });
  for (const record of records) {
    const { result = "" } = await ask({ verb: "send", record: { ...record }, why });
    io.out(`${clean(record.eventID, 100)} ${clean(record.eventName, 100)}`);
    for (const line of result.split("\n")) io.out(`  ${clean(line, 1_000)}`);
  }
  return 0;
}

/** Nothing else is a stack on this machine, and its records must not leave it unasked. */
function isLoopback(endpoint: string | undefined): endpoint is string {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}

/** What the function gets as it is: a notification, or one of its other events; undefined for records. */
async function eventIn(file: string): Promise<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch {
    // Not one JSON text: if it is not readable at all, reading records reports it.
    return undefined;
  }
  const fields = fieldsOf(value);
  const isNotification = textOf(fields.s3Bucket) !== undefined && Array.isArray(fields.s3ObjectKey);
  if (isNotification)
    return {
      Records: [{ EventSource: "aws:sns", Sns: { MessageId: "sent", Message: JSON.stringify(value) } }],
    };
  const isSnsEvent = listOf(fields.Records).some((one) => fieldsOf(one).Sns !== undefined);
  return isSnsEvent || textOf(fields.cloudtrailer) !== undefined ? value : undefined;
}

async function sendRecords(Records: CloudTrailRecord[], endpoint: string, io: Io): Promise<void> {
  let response: Response;
  try {
    response = await fetch(new URL(sendPath, endpoint), {
      method: "POST",
      headers: { [sendHeader]: "1", "content-type": "application/json" },
      body: JSON.stringify({ Records }),
    });
  } catch (cause) {
    throw new Error(`no answer from ${endpoint}: is npx cloudtrailer local still running?`, { cause });
  }
  const answer = await response.text();
  if (!response.ok) throw new Error(`${endpoint} took no records (${response.status}): ${reasonIn(answer)}`);
  for (const { event, awsRegion, eventID } of (JSON.parse(answer) as Sent).sent)
    io.out(`sent ${event} in ${awsRegion} as ${eventID}`);
  io.err("the terminal of local shows what comes of it; so does npx cloudtrailer findings");
}

/** The recorder's own words; the emulator alone answers a path that it does not know with XML. */
function reasonIn(answer: string): string {
  try {
    return plainTextOf(fieldsOf(JSON.parse(answer)).error) || answer.slice(0, 200);
  } catch {
    return "it is not the endpoint that local prints";
  }
}

async function invoke(event: unknown, values: Given<typeof options>["values"], io: Io): Promise<void> {
  const { function: name, region } = await findStack(["function"], values);
  const answer = await callAwsAt(values.endpoint)({
    service: "lambda",
    operation: "Invoke",
    region,
    input: { FunctionName: name, Payload: Buffer.from(JSON.stringify(event)).toString("base64") },
    bytes: ["Payload"],
  });
  const payload = Buffer.from((answer.Payload as Uint8Array | undefined) ?? []).toString("utf8");
  if (answer.FunctionError !== undefined) throw new Error(`${name} failed: ${payload.slice(0, 1_000)}`);
  io.out(`sent to ${name}`);
}
