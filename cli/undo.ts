import type { CallAws } from "../handlers/aws/call";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { commandLineOf } from "../handlers/alerts/command-line";
import { actorOf } from "../handlers/cloudtrail/actor";
import { createCallAws } from "../handlers/aws/clients";
import { baselineBefore } from "../handlers/baselines/keep";
import { type BaselineStore, createBaselineStore } from "../handlers/baselines/store";
import type { Match } from "../handlers/detections/detection";
import { detections } from "../handlers/detections/index";
import { type Finding, findingOf } from "../handlers/detections/finding";
import type { FindingBasis } from "../handlers/findings/store";
import { itemOfPermit } from "../handlers/findings/rollback-permit";
import { rollbackMark } from "../handlers/findings/rollback-token";
import { remediations } from "../handlers/remediations/index";
import { carryOut } from "../handlers/aws/carry-out";
import type { Plan } from "../handlers/remediations/remediation";
import { type Patience, withPatience } from "../handlers/aws/retries";
import { defaultSettings } from "../handlers/settings";
import { type Io, usageError } from "./verb";

/** How long the detector lets the calls of an undo pass, s: log files may come late. */
const permitSeconds = 2 * 3600;

/** A person waits a minute for what AWS says is busy. */
const patience: Patience = {
  budgetMs: 60_000,
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  remaining: () => Number.POSITIVE_INFINITY,
  beforeRetry: async () => undefined,
};

/** What is taken back, and with what. */
export interface TakeBackOptions {
  /** The finding's id: `<eventID>#<detection id>`. */
  finding: string;
  why: string;
  table: string;
  /** The stack's region. */
  region: string;
  /** Takes back even when the state is no longer as the fix left it. */
  force?: boolean;
  /** Makes the calls as the person who takes back, with this in the user agent. */
  callAws(userAgent: string): CallAws;
  out(line: string): void;
}

/**
 * Takes a fix back: looks whether things are still as the fix left them, tells the detector to leave the calls alone,
 * makes the calls of the receipt, and writes down who did it and why.
 *
 * @throws Error that says what stands in the way; nothing was changed then
 */
export async function takeBack(options: TakeBackOptions): Promise<void> {
  const { finding: id, why, table, region, force = false, callAws, out } = options;
  const token = randomUUID();
  const aws = callAws(`${rollbackMark}/${token}`);
  const dynamodb = (operation: string, input: Record<string, unknown>) =>
    aws({ service: "dynamodb", operation, region, input: { TableName: table, ...input } });

  const { Item } = await dynamodb("GetItem", { Key: { id: { S: id } }, ConsistentRead: true });
  const item = Item as Record<string, { S?: string }> | undefined;
  if (item === undefined) throw new Error(`expected a finding ${id} in the table ${table}, found none`);
  const outcome = item.outcome?.S;
  if (item.undoneAt?.S !== undefined)
    throw new Error(`the fix of ${id} was taken back already, at ${item.undoneAt.S} by ${item.undoneBy?.S}`);
  if (outcome !== "fixed" || item.plan?.S === undefined)
    throw new Error(
      `expected a finding that was fixed, found ${id} with the outcome ${outcome ?? "not known yet"}`,
    );
  const plan = JSON.parse(item.plan.S) as Plan;
  if (plan.rollback.length === 0)
    throw new Error(`the fix of ${id} has no way back: its receipt has no calls`);
  const baselines = createBaselineStore(aws, { table, region, now: () => Date.now() });
  if (!force) await expectAsLeft(id, item.basis?.S, aws, baselines);

  const { Arn } = await aws({ service: "sts", operation: "GetCallerIdentity", region, input: {} });
  const by = String(Arn);
  // Written with the claim, so that every finding has it.
  const { account, resources } = JSON.parse(String(item.about?.S)) as Pick<Finding, "account"> &
    Pick<Match, "resources">;
  const permit = {
    finding: id,
    by,
    why,
    account,
    resources: resources.map((one) => one.id),
    calls: plan.rollback,
  };
  const expiresAt = Math.floor(Date.now() / 1000) + permitSeconds;
  await dynamodb("PutItem", { Item: itemOfPermit(token, permit, expiresAt) });
  for (const call of plan.rollback) out(commandLineOf(call));
  const { failed } = await carryOut(plan.rollback, withPatience(aws, patience));
  if (failed !== undefined) throw new Error(failed);
  await dynamodb("UpdateItem", {
    Key: { id: { S: id } },
    UpdateExpression: "SET undoneAt = :at, undoneBy = :by, undoneWhy = :why",
    ExpressionAttributeValues: {
      ":at": { S: new Date().toISOString() },
      ":by": { S: by },
      ":why": { S: why },
    },
  });
  out(`taken back by ${by}: ${why}`);
}

/** Planned anew, the finding must be found undone: then nobody has changed anything since the fix. */
async function expectAsLeft(
  id: string,
  basis: string | undefined,
  aws: CallAws,
  baselines: BaselineStore,
): Promise<void> {
  const anyway = "Use --force to make the receipt's calls all the same.";
  const detection = detections.find((one) => id.endsWith(`#${one.id}`));
  const remediation = remediations.find((one) => one.id === detection?.id);
  if (basis === undefined || detection === undefined || remediation === undefined)
    throw new Error(
      `whether something changed since the fix of ${id} cannot be told from what was kept. ${anyway}`,
    );
  const { record, match, source } = JSON.parse(basis) as FindingBasis;
  const hit = { detection, severity: detection.severity, match };
  const finding: Finding = findingOf(hit, record, actorOf(record), source);
  const now = await remediation.plan(finding, aws, {
    settings: defaultSettings,
    baselineOf: (key) => baselineBefore(baselines, finding, key),
  });
  if ("outcome" in now && now.outcome === "already-ok") return;
  const found = "outcome" in now ? now.reason : `it was done again: ${now.summary}`;
  throw new Error(`expected things to be as the fix of ${id} left them, found that ${found}. ${anyway}`);
}

const usage = "undo FINDING --why TEXT --table NAME [--region R] [--endpoint URL] [--force] [--yes]";

/** The verb `undo`. @returns the exit code */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      why: { type: "string" },
      table: { type: "string" },
      region: { type: "string" },
      endpoint: { type: "string" },
      force: { type: "boolean" },
      yes: { type: "boolean" },
    },
  });
  const [finding] = positionals;
  const { why, table, region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION, endpoint } = values;
  if (finding === undefined || positionals.length > 1) throw usageError(`expected one finding: ${usage}`);
  if (!why) throw usageError("expected --why with the reason, for those who read the finding later");
  if (!table) throw usageError("expected --table with the stack's output tableName");
  if (!region) throw usageError("expected --region, or AWS_REGION in the environment");
  if (!values.yes && !(await confirmed(finding))) {
    io.err("nothing was changed");
    return 1;
  }
  await takeBack({
    finding,
    why,
    table,
    region,
    force: values.force === true,
    callAws: (userAgent) => createCallAws({ userAgent, ...(endpoint === undefined ? {} : { endpoint }) }),
    out: (line) => io.out(line),
  });
  return 0;
}

/** A script that cannot answer must say `--yes`. */
async function confirmed(finding: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw usageError("expected --yes, since nobody can be asked here");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`Take the fix of ${finding} back? [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
