import { randomBytes } from "node:crypto";
import type { Hunt } from "../handlers/history/batch";
import { fieldsOf, textOf } from "../handlers/json";
import { decodeSettings, type Settings, settingsVariable } from "../handlers/settings";
import { matchesPattern } from "../handlers/pattern";
import { confirmed, expectAnswer, reasonIn } from "./confirm";
import { createListPage } from "./hunt/access";
import { bytesText, dollarsText, durationText, estimateOf } from "./hunt/estimate";
import { follow } from "./hunt/follow";
import { createHunter, type Hunter, startExecution } from "./hunt/hunter";
import { importFindings } from "./hunt/import";
import { inventoryLines, inventoryPlaceOf, listInventory } from "./hunt/inventory";
import { type Listing, listLogFiles, type Wanted } from "./hunt/list";
import { resume, showStatus, stop } from "./hunt/manage";
import { batchesOf, batchLimitsOf, manifestOf } from "./hunt/plan";
import { type HuntRecord, manifestKeyOf, readRecord } from "./hunt/record";
import { knownIds, ownCatalogue } from "./own-catalogue";
import { momentForms, momentOf } from "./moment";
import { expectPage } from "./page/deliver";
import type { ReplaySettings } from "./replay/findings";
import { counted, lookOf, lookOptions } from "./replay/printer";
import { createS3Reader } from "./replay/s3";
import { functionOption, stackOptions, tableOption } from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "hunt [--status|--resume|--stop|--import [HUNT]] [options]";
export const summary = "Search a year of log files in S3 with Step Functions, next to where they lie";
export const details = `A hunt begins with --from TIME. Needs cloudtrailer:history: true in the stack's configuration. Says first what it will read, how long \
that takes and what it costs, and asks. The findings are those that replay prints for the same files; nothing is fixed, and \
nobody is alerted. With --import they are put into the findings table, marked, by a request to the function. Ctrl-C leaves a hunt running: hunt --status, --resume, --stop and --import, each with the ID of a hunt or for \
the latest one, go on from there. docs/hunt.md explains it all.

Exit code: 0 if every byte was understood; 2 if something was not, or there was nothing to read; 1 if the hunt did not end.`;
export const options = {
  from: { type: "string", value: "TIME", description: `log files written since then: ${momentForms}` },
  to: {
    type: "string",
    value: "TIME",
    description: "log files written until then; a date includes its day (default: now)",
  },
  account: { type: "string", value: "ID", multiple: true, description: "only these accounts" },
  region: { type: "string", value: "REGION", multiple: true, description: "only log files of these regions" },
  detection: {
    type: "string",
    value: "ID",
    multiple: true,
    description: "only these detections, or patterns of them: 'iam-*'",
  },
  own: { type: "boolean", description: "only your own rules (own/)" },
  bucket: {
    type: "string",
    value: "NAME",
    description: "a bucket with log files of the stack's configuration (logBuckets), instead of its own",
  },
  prefix: {
    type: "string",
    value: "PREFIX",
    description: "what precedes AWSLogs/ in the keys of log files (default: the trail's prefix)",
  },
  inventory: {
    type: "string",
    value: "s3://BUCKET/…/manifest.json",
    description:
      "an S3 inventory (CSV) of the bucket, by which the log files are found instead of listing them",
  },
  concurrency: {
    type: "string",
    value: "N",
    default: "50",
    description: "how many batches to read at once; never more than half of what the account has left",
  },
  yes: { type: "boolean", short: "y", description: "do not ask before it starts" },
  status: { type: "boolean", description: "show how far a hunt is" },
  resume: {
    type: "boolean",
    description: "run what failed or was stopped again, and follow the hunt to its end",
  },
  stop: { type: "boolean", description: "stop a hunt; what it has read is kept" },
  import: {
    type: "boolean",
    description:
      "put the findings into the table, marked: those of a hunt that has ended, or when this one does",
  },
  why: { type: "string", value: "TEXT", description: "with --import: the reason, which is kept; required" },
  ...lookOptions,
  stack: stackOptions.stack,
  home: {
    type: "string",
    value: "REGION",
    description: "the stack's region, instead of its output or AWS_REGION",
  },
  endpoint: stackOptions.endpoint,
  ...tableOption,
  ...functionOption,
} as const satisfies Options;

type Values = Given<typeof options>["values"];

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const verb = verbIn(values, positionals);
  lookOf(values);
  expectPage(values);
  const why = values.import ? reasonIn(values.why) : undefined;
  if (values.import) expectAnswer(values.yes);
  if (verb === "start") return start(values, why, io);
  const hunter = await createHunter(values, io);
  const record = await readRecord(hunter.reports, positionals[0]);
  if (verb === "status") return showStatus(hunter, record);
  if (verb === "stop") return stop(hunter, record);
  const code = verb === "resume" ? await resume(hunter, record) : 0;
  return thenImport(code, hunter, record, { why, yes: values.yes });
}

/** @throws a usage error */
function verbIn(values: Values, positionals: string[]): "start" | "status" | "resume" | "stop" | "import" {
  const verbs = (["status", "resume", "stop"] as const).filter((verb) => values[verb]);
  if (verbs.length > 1)
    throw usageError(`expected one of --status, --resume and --stop, found ${verbs.length}`);
  const importsOnly = values.import && values.from === undefined;
  const verb = verbs[0] ?? (importsOnly ? "import" : "start");
  if (values.import && (verb === "status" || verb === "stop"))
    throw usageError(`expected --import of a hunt that has ended, found it with --${verb}`);
  if (!values.import && values.why !== undefined)
    throw usageError("expected --why with --import only, which keeps the reason");
  if (positionals.length > (verb === "start" ? 0 : 1))
    throw usageError(
      `expected ${verb === "start" ? "options only" : "one HUNT"}, found ${positionals.join(" ")}`,
    );
  return verb;
}

/** Imports the findings of a hunt, if that is asked for and it has ended. @param code how the hunt ended */
async function thenImport(
  code: number,
  hunter: Hunter,
  record: HuntRecord,
  { why, yes }: { why: string | undefined; yes: boolean },
): Promise<number> {
  if (why === undefined || code === 1) return code;
  const imported = await importFindings(hunter, record, { why, yes });
  return imported === 0 ? code : imported;
}

async function start(values: Values, why: string | undefined, io: Io): Promise<number> {
  const now = Date.now();
  const { from, until, detections } = askedOf(values, now);
  const hunter = await createHunter(values, io);
  const deployed = await settingsOfFunction(hunter);
  const { bucket, prefix, region } = placeOf(values, deployed, hunter);
  const asked = { accounts: values.account, regions: values.region };
  const wanted: Wanted = { bucket, prefix, from, until, ...asked };
  const listing = await listed(wanted, region, values, hunter);
  if (listing.files.length === 0) {
    io.err(
      `cloudtrailer hunt: expected log files below s3://${bucket}/${prefix}AWSLogs/ in that time, found none`,
    );
    return 2;
  }
  const hunt: Hunt = {
    // In the order of their beginnings: the last one is the latest.
    id: `${new Date(now).toISOString().slice(0, 23).replace(/[:.]/g, "-")}-${randomBytes(2).toString("hex")}`,
    bucket,
    now,
    ...(detections.length === 0 ? {} : { detections }),
  };
  const concurrency = await concurrencyOf(hunter, values.concurrency);
  const batches = batchesOf(listing.files, batchLimitsOf(listing.files.length, concurrency));
  const amount = {
    files: listing.files.length,
    bytes: listing.files.reduce((sum, [, bytes]) => sum + bytes, 0),
    batches: batches.length,
    listings: listing.requests,
    concurrency,
  };
  const estimate = estimateOf(amount);
  for (const line of announcement(listing, { amount, estimate })) io.err(line);
  expectAnswer(values.yes);
  if (!values.yes && !(await confirmed("Start?"))) return 1;

  const record: HuntRecord = {
    hunt,
    asked: { from: new Date(from).toISOString(), until: new Date(until).toISOString(), ...asked },
    amount,
    estimate,
    settings: pickedSettings(deployed),
    executions: [],
  };
  await hunter.reports.put(manifestKeyOf(hunt.id), manifestOf(batches));
  await startExecution(hunter, record, manifestKeyOf(hunt.id));
  return thenImport(await follow(hunter, record), hunter, record, { why, yes: values.yes });
}

/** The log files, by S3's listing or by an inventory. */
async function listed(
  wanted: Wanted,
  region: string,
  { inventory, endpoint }: Pick<Values, "inventory" | "endpoint">,
  { access, io }: Hunter,
): Promise<Listing> {
  const progress = (files: number) => io.progress?.(`${counted(files, "log file")} listed`);
  if (inventory === undefined) {
    const listing = await listLogFiles(wanted, createListPage({ aws: access.aws, region }), progress);
    io.progress?.("");
    return listing;
  }
  const { get } = createS3Reader(endpoint === undefined ? { region } : { region, endpoint });
  const listing = await listInventory(wanted, inventory, get, progress);
  io.progress?.("");
  for (const line of inventoryLines(listing, wanted.until)) io.err(line);
  return listing;
}

/** The period and the detections that are asked for. @throws a usage error */
function askedOf(values: Values, now: number): { from: number; until: number; detections: string[] } {
  if (values.from === undefined) throw usageError("expected --from TIME, found none");
  const from = momentOf("from", values.from, now);
  const until = values.to === undefined ? now : endOf(values.to, now);
  if (from >= until) throw usageError("expected --from to be before --to");
  if (values.inventory !== undefined) expectManifest(values.inventory);
  for (const account of values.account)
    if (!/^\d{12}$/.test(account))
      throw usageError(`--account: expected 12 digits, found ${JSON.stringify(account)}`);
  for (const pattern of values.detection)
    if (!knownIds().some((id) => matchesPattern(pattern, id)))
      throw usageError(
        `--detection: expected the ID of a detection, or a pattern of them, found ${JSON.stringify(pattern)}`,
      );
  return { from, until, detections: [...values.detection, ...(values.own ? ownIDs() : [])] };
}

/** @throws a usage error */
function expectManifest(inventory: string): void {
  try {
    inventoryPlaceOf(inventory);
  } catch (error) {
    throw usageError(`--inventory: ${(error as Error).message}`);
  }
}

/** Where the log files are: by default, in the trail's bucket, which may be in another region. */
function placeOf({ bucket, prefix }: Values, { prefix: own, source }: Settings, { access }: Hunter) {
  if (bucket !== undefined && bucket !== access.bucket)
    return { bucket, prefix: prefix ?? "", region: access.region };
  return {
    bucket: access.bucket,
    prefix: prefix ?? own.slice(0, own.indexOf("AWSLogs/")),
    region: source?.region ?? access.region,
  };
}

/** IDs of the team's own rules. */
function ownIDs(): string[] {
  const ids = ownCatalogue().rules.map(({ id }) => id);
  if (ids.length === 0) throw usageError("--own: expected rules in own/, found none");
  return ids;
}

/** A date means the end of its day. */
function endOf(given: string, now: number): number {
  const moment = momentOf("to", given, now);
  return /^\d{4}-\d{2}-\d{2}$/.test(given) ? moment + 86_400_000 : moment;
}

/** What it will read, how long that takes, and what it costs. */
function announcement(
  { accounts, regions }: Listing,
  { amount, estimate }: Pick<HuntRecord, "amount" | "estimate">,
): string[] {
  const { files, bytes, batches, concurrency } = amount;
  return [
    `${counted(files, "log file")}, ${bytesText(bytes)}, of ${counted(accounts, "account")} in ${counted(regions, "folder")} of regions`,
    `${batches.toLocaleString("en")} ${batches === 1 ? "batch" : "batches"}, ${Math.min(concurrency, batches)} at a time; ${counted(estimate.transitions, "state transition")}`,
    `about ${durationText(estimate.seconds)} and ${dollarsText(estimate.dollars)} at the list prices of us-east-1`,
  ];
}

async function concurrencyOf({ machine }: Hunter, given: string): Promise<number> {
  const asked = Number(given);
  if (!Number.isSafeInteger(asked) || asked < 1 || asked > 10_000)
    throw usageError(`--concurrency: expected a number from 1 to 10000, found ${JSON.stringify(given)}`);
  return Math.max(1, Math.min(asked, Math.floor((await machine.unreservedConcurrency()) / 2)));
}

/** What reading old records needs of them. */
function pickedSettings({ mode, detections, exceptions, context, roleName }: Settings): ReplaySettings {
  return { mode, detections, exceptions, context, roleName };
}

/** The settings that the function was deployed with: those that decide what is a finding. */
async function settingsOfFunction({ access }: Pick<Hunter, "access">): Promise<Settings> {
  const name = access.hunts.slice(access.hunts.lastIndexOf(":") + 1);
  const { Environment } = await access.aws({
    service: "lambda",
    operation: "GetFunctionConfiguration",
    region: access.region,
    input: { FunctionName: name },
  });
  return decodeSettings(textOf(fieldsOf(fieldsOf(Environment).Variables)[settingsVariable]));
}
