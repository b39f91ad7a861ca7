import { clean } from "../handlers/alerts/clean";
import { createTable } from "../handlers/aws/table";
import type { CallAws } from "../handlers/aws/call";
import type { DigestProblem } from "../handlers/cloudtrail/digest-chain";
import { fieldsOf, listOf, plainTextOf, textOf } from "../handlers/json";
import { createDigestFiles, type DigestsPlace } from "../handlers/watch/digest-files";
import { digestsKeyOf } from "../handlers/watch/digests";
import { createReadFiles } from "../handlers/watch/read-files";
import { helpWidth, wrapped } from "./help";
import { momentForms, momentOf } from "./moment";
import { callAwsAt, findStack, namingTable, stackOptions, tableOption } from "./stack-access";
import { type Column, table as tableOf, truncated } from "./terminal";
import { expectNone, type Given, type Io, type Options, usageError } from "./verb";
import { type VerifiedRegion, verifyRegion } from "./verify/verified";

export const usage = "verify [options]";
export const summary = "Verify CloudTrail's digests and log files, and that every log file was processed";
export const details = `Reads every digest that ends after --since and every log file that it lists. It verifies the \
signatures with CloudTrail's public keys, the chain from digest to digest and the hash of each log file, and looks up in the \
table whether the function processed it.

Exit code: 0 if everything is verified, 1 if something is wrong or nothing could be verified, 2 for wrong arguments.`;
export const options = {
  since: {
    type: "string",
    value: "TIME",
    default: "24h",
    description: `digests that end after: ${momentForms}`,
  },
  format: {
    type: "string",
    value: "FORMAT",
    default: "table",
    description: "table, or json with every problem",
  },
  trail: {
    type: "string",
    value: "ARN",
    description: "the trail, instead of the stack's output trailArn",
  },
  account: {
    type: "string",
    value: "ID",
    description:
      "the account whose log files they are, of an organization trail (default: the trail's, or yours)",
  },
  ...stackOptions,
  ...tableOption,
} as const satisfies Options;

/** What was verified. */
export interface Verified {
  trail: string;
  regions: VerifiedRegion[];
  problems: DigestProblem[];
}

/** What to verify. */
export interface VerifyOptions {
  trail: string;
  /** Whose log files: by default the account's that the trail is in; of an organization trail, the caller's own. */
  account?: string | undefined;
  table: string;
  region: string;
  /** Epoch ms. */
  from: number;
  aws: CallAws;
  progress?(text: string): void;
  /** Epoch ms. */
  now(): number;
}

/** A digest ends every hour, and comes some time after that, ms. */
const overdueMs = 3 * 3_600_000;

/** Verifies what a trail wrote since a time. @throws Error when there is no such trail, or AWS does not show it */
export async function verify({
  trail,
  account,
  table: name,
  region,
  from,
  aws,
  progress,
  now,
}: VerifyOptions): Promise<Verified> {
  const { Account } = await aws({ service: "sts", operation: "GetCallerIdentity", region, input: {} });
  const caller = plainTextOf(Account);
  const place = await placeOf(trail, { account, caller, region }, aws);
  const table = createTable(aws, { table: name, region });
  const own = await table.get(digestsKeyOf(account === caller ? undefined : account));
  const files = createDigestFiles(aws, place, now);
  const readFiles = createReadFiles(table, { days: 1, now });
  const since = Number(own.since?.N ?? now());
  const known = [...new Set([region, ...(own.regions?.SS ?? []), ...(await files.regions())])].sort();
  const regions: VerifiedRegion[] = [];
  for (const one of known) {
    progress?.(`${one}: digests`);
    const verified = await verifyRegion(one, {
      files,
      readFiles,
      from,
      since,
      now,
      progress: (_, done, all) => progress?.(`${one}: ${done} of ${all} log files`),
    });
    // Other trails may have digests there.
    if (verified.digests > 0 || one === region || own.regions?.SS?.includes(one)) regions.push(verified);
  }
  progress?.("");
  for (const one of regions) one.problems.push(...overdue(one, from, now()));
  return { trail: place.trail.arn, regions, problems: regions.flatMap(({ problems }) => problems) };
}

function overdue({ region, to }: VerifiedRegion, from: number, now: number): DigestProblem[] {
  const last = to ?? from;
  if (now - last <= overdueMs) return [];
  const text =
    to === undefined
      ? `no digest ends after ${shortTime(from)}: nothing vouches for the log files since`
      : `no digest ends after ${shortTime(to)}, and one is due every hour`;
  return [{ kind: "digest-overdue", region, text }];
}

async function placeOf(
  name: string,
  { account, caller, region }: { account: string | undefined; caller: string; region: string },
  aws: CallAws,
): Promise<DigestsPlace> {
  // An ARN has the region of the trail, which may be another than the stack's.
  const home = name.split(":")[3] ?? region;
  const answer = await aws({
    service: "cloudtrail",
    operation: "GetTrail",
    region: home,
    input: { Name: name },
  });
  const { TrailARN, Name, S3BucketName, S3KeyPrefix, IsOrganizationTrail } = fieldsOf(answer.Trail);
  const [arn, bucket] = [textOf(TrailARN), textOf(S3BucketName)];
  if (arn === undefined || bucket === undefined)
    throw new Error(`expected a trail ${name} with a bucket, found ${JSON.stringify(answer.Trail)}`);
  const folder = [textOf(S3KeyPrefix), "AWSLogs/"].filter(Boolean).join("/");
  const isOfOrganization = IsOrganizationTrail === true;
  const whose = account ?? (isOfOrganization ? caller : arn.split(":")[4]);
  const organization = isOfOrganization ? `${await organizationIn(folder, { bucket, region }, aws)}/` : "";
  return {
    bucket,
    region,
    prefix: `${folder}${organization}${whose}/`,
    trail: { name: textOf(Name) ?? "", arn },
  };
}

/** The ID of the organization whose log files are in a folder: the folders there are named after it. */
async function organizationIn(
  folder: string,
  { bucket, region }: { bucket: string; region: string },
  aws: CallAws,
): Promise<string> {
  const Prefix = `${folder}o-`;
  const answer = await aws({
    service: "s3",
    operation: "ListObjectsV2",
    region,
    input: { Bucket: bucket, Prefix, Delimiter: "/" },
  });
  const found = listOf(answer.CommonPrefixes).map((one) =>
    plainTextOf(fieldsOf(one).Prefix).slice(folder.length, -1),
  );
  const [id, ...others] = found;
  if (id === undefined || others.length > 0)
    throw new Error(
      `expected log files of one organization in s3://${bucket}/${folder}, found ${found.length === 0 ? "none" : found.join(", ")}`,
    );
  return id;
}

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const { since, format } = values;
  expectNone(positionals);
  if (format !== "table" && format !== "json")
    throw usageError(`expected --format table or json, found ${JSON.stringify(format)}`);
  if (values.account !== undefined && !/^\d{12}$/.test(values.account))
    throw usageError(`expected --account of 12 digits, found ${JSON.stringify(values.account)}`);
  const from = momentOf("since", since, Date.now());
  if (from > Date.now()) throw usageError(`expected --since in the past, found ${JSON.stringify(since)}`);
  const { trail, table, region } = await findStack(["trail", "table"], values);
  const verified = await verify({
    trail,
    account: values.account,
    table,
    region,
    from,
    aws: namingTable(callAwsAt(values.endpoint), table),
    ...(io.progress === undefined ? {} : { progress: io.progress }),
    now: () => Date.now(),
  });
  if (format === "json")
    io.out(JSON.stringify({ since: new Date(from).toISOString(), ...verified }, null, 2));
  else for (const line of linesOf(verified, io)) io.out(line);
  return isVerified(verified) ? 0 : 1;
}

/** Whether there was something to verify, and all of it is in order. */
export function isVerified({ regions, problems }: Verified): boolean {
  return problems.length === 0 && regions.some(({ digests }) => digests > 0);
}

const columns: Column[] = [
  { title: "REGION", least: 9 },
  { title: "FROM" },
  { title: "TO" },
  { title: "DIGESTS", align: "right" },
  { title: "LOG FILES", align: "right" },
  { title: "UNREAD", align: "right" },
  { title: "WRONG", align: "right" },
];

/** The table, then each problem. The keys of problems are never cut: they are there to be copied. */
export function linesOf(verified: Verified, io: Pick<Io, "width" | "color"> = {}): string[] {
  const { regions, problems } = verified;
  const rows = regions.map(({ region, from, to, digests, logFiles, unread, problems: wrong }) => [
    region,
    from === undefined ? "" : shortTime(from),
    to === undefined ? "" : shortTime(to),
    String(digests),
    String(logFiles),
    String(unread || ""),
    String(wrong.length || ""),
  ]);
  const width = Math.min(io.width ?? helpWidth, helpWidth);
  const list = problems.flatMap(({ kind, region, key, text }) => [
    "",
    ...wrapped(`${region} ${kind}: ${clean(text, 1_000)}`, width),
    ...(key === undefined ? [] : [clean(key, 1_024)]),
  ]);
  return [...tableOf(columns, rows, { ...io, width }), ...list, "", truncated(resultOf(verified), width)];
}

function resultOf(verified: Verified): string {
  const { problems, regions } = verified;
  if (problems.length > 0) return counted(problems.length, "problem");
  return isVerified(verified)
    ? `all verified: ${counted(sum(regions, "digests"), "digest")}, ${counted(sum(regions, "logFiles"), "log file")}`
    : "nothing verified: no digest ends in this time";
}

function sum(regions: VerifiedRegion[], what: "digests" | "logFiles"): number {
  return regions.reduce((all, one) => all + one[what], 0);
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** `05-04 10:00Z`: the year is nobody's question. */
function shortTime(at: number): string {
  return `${new Date(at).toISOString().slice(5, 16).replace("T", " ")}Z`;
}
