import { randomUUID } from "node:crypto";
import { commandLineOf } from "../handlers/alerts/command-line";
import { baselineBefore } from "../handlers/baselines/keep";
import { type BaselineStore, createBaselineStore } from "../handlers/baselines/store";
import { findingIn } from "../handlers/findings/kept-finding";
import { hashOfCalls } from "../handlers/findings/person-request";
import { type Fix, fixIn } from "../handlers/findings/rollback";
import { rollbackMark } from "../handlers/findings/rollback-token";
import { carryOut } from "../handlers/aws/carry-out";
import type { CallAws } from "../handlers/aws/call";
import { inAccount, withAccount } from "../handlers/aws/members";
import { partitionOf } from "../handlers/aws/regions";
import { leftAfter } from "../handlers/remediations/receipt";
import type { NoPlan, Plan } from "../handlers/remediations/remediation";
import { sameJson } from "../handlers/json";
import { withPatience } from "../handlers/aws/retries";
import { defaultSettings } from "../handlers/settings";
import { type AskFunction, createAskFunction } from "./ask-function";
import { confirmed, expectAnswer, reasonIn } from "./confirm";
import { asMember, defaultMemberRole, memberRoleOption } from "./members";
import { ownCatalogue } from "./own-catalogue";
import { patience } from "./patience";
import {
  callAwsAt,
  findStack,
  functionOption,
  type Item,
  namingTable,
  stackOptions,
  tableOption,
} from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "rollback FINDING --why TEXT [options]";
export const summary = "Revert a fix by its receipt, and keep the detector from fixing it again";
export const details = `FINDING is the finding's ID from its alert. The calls are made with your own credentials. \
Nothing is changed if the state is no longer as the fix left it. The function permits the calls after you have proven your \
identity, and alerts who rolls back and why.`;
export const options = {
  why: {
    type: "string",
    value: "TEXT",
    description: "the reason, which is recorded with the finding; required",
  },
  ...memberRoleOption,
  force: { type: "boolean", description: "roll back even if the state has changed since the fix" },
  yes: { type: "boolean", short: "y", description: "do not ask for confirmation" },
  ...stackOptions,
  ...tableOption,
  ...functionOption,
} as const satisfies Options;

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
  /**
   * Makes the calls as the person who rolls back, with the given text in the user agent; in other accounts, in sessions of this
   * name.
   */
  callAws(userAgent: string, sessionName: string): CallAws;
  /** The role that the person assumes in members. */
  role?: string;
  /** Asks the function to permit the calls, and to keep that they were made. */
  ask: AskFunction;
  out(line: string): void;
}

/**
 * Rolls a fix back: checks that things are still as the fix left them, has the function permit the calls of the receipt, makes
 * them, and has it keep who did it and why.
 *
 * @throws Error that says what is in the way; then nothing was changed, unless it names a call
 */
export async function rollBack(options: RollbackOptions): Promise<void> {
  const { finding: id, why, table, region, force = false, callAws, ask, out } = options;
  const token = randomUUID();
  const sessionName = `cloudtrailer-${token}`;
  const aws = callAws(`${rollbackMark}/${token}`, sessionName);

  const input = { TableName: table, Key: { id: { S: id } }, ConsistentRead: true };
  const { Item: item } = await aws({ service: "dynamodb", operation: "GetItem", region, input });
  const fix = fixIn(id, item as Item | undefined);
  if ("refused" in fix) throw new Error(fix.refused.replace("the table,", `the table ${table},`));
  const member = fix.plan.rollback.find(({ account }) => account !== undefined)?.account;
  const baselines = createBaselineStore(aws, {
    table,
    region,
    now: () => Date.now(),
    ...(member === undefined ? {} : { account: member }),
  });
  if (!force) await expectAsLeft(id, fix, item as Item, aws, baselines);
  const { rollback } = fix.plan;
  const as =
    member === undefined
      ? {}
      : {
          as: `arn:${partitionOf(region)}:sts::${member}:assumed-role/${options.role ?? defaultMemberRole}/${sessionName}`,
        };
  const { by } = await ask({
    verb: "rollback",
    finding: id,
    plan: hashOfCalls(rollback),
    token,
    why,
    ...as,
  });
  for (const call of rollback) out(commandLineOf(call));
  const { failed } = await carryOut(rollback, withPatience(aws, patience));
  if (failed !== undefined) throw new Error(failed);
  await ask({ verb: "rolled-back", finding: id, token, why });
  out(`rolled back by ${by}: ${why}`);
}

/**
 * A new plan must find nothing left to fix, or, after a fix that failed, no more than the calls that were not made: then
 * nobody has changed anything since.
 */
async function expectAsLeft(
  id: string,
  { outcome, plan }: Fix,
  item: Item,
  aws: CallAws,
  baselines: BaselineStore,
): Promise<void> {
  const anyway = "use --force to make the receipt's calls anyway";
  const { detections, remediations } = ownCatalogue(() => undefined).catalogue;
  const detection = detections.find((one) => id.endsWith(`#${one.id}`));
  const remediation = remediations.find((one) => one.id === detection?.id);
  const finding = findingIn(id, item, detections);
  if (finding === undefined || detection === undefined || remediation === undefined)
    throw new Error(`it is unknown whether anything has changed since the fix of ${id}: ${anyway}`);
  const member = plan.calls.find(({ account }) => account !== undefined)?.account;
  const there = member === undefined ? aws : inAccount(aws, member);
  const planned = await remediation.plan(finding, there, {
    settings: defaultSettings,
    baselineOf: (key) => baselineBefore(baselines, finding, key),
  });
  const accounts = member === undefined ? {} : { [member]: { member: true as const } };
  const now = "outcome" in planned ? planned : withAccount(planned, { account: "", accounts }, member ?? "");
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

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const [finding, ...more] = positionals;
  const { force, yes, endpoint, role } = values;
  if (finding === undefined || more.length > 0)
    throw usageError(
      `expected one FINDING, found ${positionals.length === 0 ? "none" : positionals.join(" ")}`,
    );
  const why = reasonIn(values.why);
  expectAnswer(yes);
  const stack = await findStack(["table", "function"], values);
  const { table, region } = stack;
  if (!yes && !(await confirmed(`Roll back the fix of ${finding}?`))) {
    io.err("nothing was changed");
    return 1;
  }
  await rollBack({
    finding,
    why,
    table,
    region,
    force,
    role,
    callAws: (userAgent, sessionName) =>
      namingTable(callAwsAt(endpoint, userAgent, asMember(region, role, sessionName)), table),
    ask: createAskFunction({ ...stack, endpoint, aws: callAwsAt(endpoint) }),
    out: (line) => io.out(line),
  });
  return 0;
}
