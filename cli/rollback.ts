import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { commandLineOf } from "../handlers/alerts/command-line";
import { baselineBefore } from "../handlers/baselines/keep";
import { type BaselineStore, createBaselineStore } from "../handlers/baselines/store";
import { actorOf } from "../handlers/cloudtrail/actor";
import type { Match } from "../handlers/detections/detection";
import { type Finding, findingOf } from "../handlers/detections/finding";
import type { FindingBasis } from "../handlers/findings/store";
import { itemOfPermit } from "../handlers/findings/rollback-permit";
import { rollbackMark } from "../handlers/findings/rollback-token";
import { carryOut } from "../handlers/aws/carry-out";
import type { CallAws } from "../handlers/aws/call";
import { leftAfter } from "../handlers/remediations/receipt";
import type { NoPlan, Plan } from "../handlers/remediations/remediation";
import { sameJson } from "../handlers/json";
import { type Patience, withPatience } from "../handlers/aws/retries";
import { defaultSettings } from "../handlers/settings";
import { ownCatalogue } from "./own-catalogue";
import { callAwsAt, findStack, type Item, namingTable, stackOptions, tableOption } from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "rollback FINDING --why TEXT [options]";
export const summary = "Revert a fix by its receipt, and keep the detector from fixing it again";
export const details = `FINDING is the finding's ID from its alert. The calls are made with your own credentials. \
Nothing is changed if the state is no longer as the fix left it.`;
export const options = {
  why: {
    type: "string",
    value: "TEXT",
    description: "the reason, which is recorded with the finding; required",
  },
  force: { type: "boolean", description: "roll back even if the state has changed since the fix" },
  yes: { type: "boolean", short: "y", description: "do not ask for confirmation" },
  ...stackOptions,
  ...tableOption,
} as const satisfies Options;

/** How long the detector lets the calls of a rollback pass, in seconds: log files may be late. */
const permitSeconds = 2 * 3600;

/** A person waits a minute for busy resources. */
const patience: Patience = {
  budgetMs: 60_000,
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  remaining: () => Number.POSITIVE_INFINITY,
  beforeRetry: async () => undefined,
};

/** What a rollback needs. */
export interface RollbackOptions {
  /** The finding's id: `<eventID>#<detection id>`. */
  finding: string;
  why: string;
  table: string;
  /** The stack's region. */
  region: string;
  /** Roll back even if the state is no longer as the fix left it. */
  force?: boolean;
  /** Makes the calls as the person who rolls back, with the given text in the user agent. */
  callAws(userAgent: string): CallAws;
  out(line: string): void;
}

/** A fix that can be rolled back, from the table. */
interface Fix {
  /** `failed`: some of the plan's calls were made before one was refused. */
  outcome: "fixed" | "failed";
  plan: Plan;
  /** Account and resources of the finding. */
  about: Pick<Finding, "account"> & Pick<Match, "resources">;
  /** What the finding can be recreated from. */
  basis: FindingBasis | undefined;
}

/** The findings table, as a rollback uses it. */
type Dynamodb = (operation: string, input: Record<string, unknown>) => Promise<Record<string, unknown>>;

/**
 * Rolls a fix back: checks that things are still as the fix left them, permits the calls of the receipt, makes them, and
 * records who did it and why.
 *
 * @throws Error that says what is in the way; then nothing was changed, unless it names a call
 */
export async function rollBack(options: RollbackOptions): Promise<void> {
  const { finding: id, why, table, region, force = false, callAws, out } = options;
  const token = randomUUID();
  const aws = callAws(`${rollbackMark}/${token}`);
  const dynamodb: Dynamodb = (operation, input) =>
    aws({ service: "dynamodb", operation, region, input: { TableName: table, ...input } });

  const fix = await fixOf(id, table, dynamodb);
  const baselines = createBaselineStore(aws, { table, region, now: () => Date.now() });
  if (!force) await expectAsLeft(id, fix, aws, baselines);
  const { Arn } = await aws({ service: "sts", operation: "GetCallerIdentity", region, input: {} });
  const by = String(Arn);
  await permit(token, { finding: id, by, why }, fix, dynamodb);
  for (const call of fix.plan.rollback) out(commandLineOf(call));
  const { failed } = await carryOut(fix.plan.rollback, withPatience(aws, patience));
  if (failed !== undefined) throw new Error(failed);
  await record(id, by, why, dynamodb);
  out(`rolled back by ${by}: ${why}`);
}

/** @throws Error if there is no such finding, or nothing to roll back */
async function fixOf(id: string, table: string, dynamodb: Dynamodb): Promise<Fix> {
  const answer = await dynamodb("GetItem", { Key: { id: { S: id } }, ConsistentRead: true });
  const item = answer.Item as Item | undefined;
  if (item === undefined) throw new Error(`expected a finding ${id} in the table ${table}, found none`);
  const { outcome, rolledBackAt, rolledBackBy, plan: kept, about, basis } = item;
  if (rolledBackAt?.S !== undefined)
    throw new Error(`the fix of ${id} was already rolled back, at ${rolledBackAt.S} by ${rolledBackBy?.S}`);
  return {
    ...planWithRollback(id, outcome?.S, kept?.S),
    // Recorded with the claim, so that every finding has it.
    about: JSON.parse(String(about?.S)) as Fix["about"],
    basis: basis?.S === undefined ? undefined : (JSON.parse(basis.S) as FindingBasis),
  };
}

/** @throws Error if there is nothing to roll back */
function planWithRollback(
  id: string,
  outcome: string | undefined,
  kept: string | undefined,
): Pick<Fix, "outcome" | "plan"> {
  if ((outcome !== "fixed" && outcome !== "failed") || kept === undefined)
    throw new Error(
      `expected a finding with a fix that was made or tried, found ${id} with ${outcome ?? "no"} outcome`,
    );
  const plan = JSON.parse(kept) as Plan;
  if (plan.rollback.length > 0) return { outcome, plan };
  throw new Error(
    outcome === "failed"
      ? `no call of the fix of ${id} was made: there is nothing to roll back`
      : `the fix of ${id} cannot be rolled back: its receipt has no calls`,
  );
}

/**
 * A new plan must find nothing left to fix, or, after a fix that failed, no more than the calls that were not made: then
 * nobody has changed anything since.
 */
async function expectAsLeft(
  id: string,
  { outcome, plan, basis }: Fix,
  aws: CallAws,
  baselines: BaselineStore,
): Promise<void> {
  const anyway = "use --force to make the receipt's calls anyway";
  const { detections, remediations } = ownCatalogue(() => undefined).catalogue;
  const detection = detections.find((one) => id.endsWith(`#${one.id}`));
  const remediation = remediations.find((one) => one.id === detection?.id);
  if (basis === undefined || detection === undefined || remediation === undefined)
    throw new Error(`it is unknown whether anything has changed since the fix of ${id}: ${anyway}`);
  const { record: call, match, source } = basis;
  const hit = { detection, severity: detection.severity, match };
  const finding: Finding = findingOf(hit, call, actorOf(call), source);
  const now = await remediation.plan(finding, aws, {
    settings: defaultSettings,
    baselineOf: (key) => baselineBefore(baselines, finding, key),
  });
  const isAsLeft = outcome === "fixed" ? leftAfter(plan, now, detection) === undefined : isRestOf(plan, now);
  if (isAsLeft) return;
  const found = "outcome" in now ? now.reason : `somebody repeated the change: ${now.summary}`;
  throw new Error(`expected the state that the fix of ${id} left, found that ${found}; ${anyway}`);
}

/** Whether the new plan contains only calls of the old one that were not made. */
function isRestOf({ calls }: Plan, now: Plan | NoPlan): boolean {
  return (
    !("outcome" in now) &&
    now.calls.length < calls.length &&
    now.calls.every((call) => calls.some((planned) => sameJson(call, planned)))
  );
}

/** Announces the rollback to the detector before the calls are made. */
async function permit(
  token: string,
  { finding, by, why }: { finding: string; by: string; why: string },
  { plan, about: { account, resources } }: Fix,
  dynamodb: Dynamodb,
): Promise<void> {
  const bounds = { account, resources: resources.map((one) => one.id), calls: plan.rollback };
  const expiresAt = Math.floor(Date.now() / 1000) + permitSeconds;
  await dynamodb("PutItem", { Item: itemOfPermit(token, { finding, by, why, ...bounds }, expiresAt) });
}

/** Records with the finding who rolled back and why. */
async function record(id: string, by: string, why: string, dynamodb: Dynamodb): Promise<void> {
  await dynamodb("UpdateItem", {
    Key: { id: { S: id } },
    UpdateExpression: "SET rolledBackAt = :at, rolledBackBy = :by, rolledBackWhy = :why",
    ExpressionAttributeValues: {
      ":at": { S: new Date().toISOString() },
      ":by": { S: by },
      ":why": { S: why },
    },
  });
}

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const [finding, ...more] = positionals;
  const { why, force, yes, endpoint } = values;
  if (finding === undefined || more.length > 0)
    throw usageError(
      `expected one FINDING, found ${positionals.length === 0 ? "none" : positionals.join(" ")}`,
    );
  if (!why?.trim())
    throw usageError("expected --why TEXT with the reason, for those who read the finding later");
  const { table, region } = await findStack(["table"], values);
  if (!yes && !(await confirmed(finding))) {
    io.err("nothing was changed");
    return 1;
  }
  await rollBack({
    finding,
    why,
    table,
    region,
    force,
    callAws: (userAgent) => namingTable(callAwsAt(endpoint, userAgent), table),
    out: (line) => io.out(line),
  });
  return 0;
}

/** A script that cannot answer must say `--yes`. */
async function confirmed(finding: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw usageError("expected --yes, because there is no terminal to ask for confirmation");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`Roll back the fix of ${finding}? [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
