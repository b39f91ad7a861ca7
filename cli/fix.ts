import { clean } from "../handlers/alerts/clean";
import { commandLineOf } from "../handlers/alerts/command-line";
import type { CallAws } from "../handlers/aws/call";
import { inAccount, withAccount } from "../handlers/aws/members";
import { carryOut } from "../handlers/aws/carry-out";
import { withPatience } from "../handlers/aws/retries";
import { baselineBefore } from "../handlers/baselines/keep";
import { createBaselineStore } from "../handlers/baselines/store";
import { forEachAtMost } from "../handlers/concurrency";
import { findingIn } from "../handlers/findings/kept-finding";
import { fixedByHandFrom } from "../handlers/findings/person-verbs";
import { plainTextOf } from "../handlers/json";
import { problemOfCall } from "../handlers/problem";
import { completedRollback } from "../handlers/remediations/receipt";
import type { Plan } from "../handlers/remediations/remediation";
import { defaultSettings } from "../handlers/settings";
import { type AskFunction, createAskFunction } from "./ask-function";
import { confirmed, expectAnswer, reasonIn } from "./confirm";
import { filterOf, filterOptions } from "./findings/filter";
import { findingsBetween, keptOf } from "./findings/kept";
import { keptItemOf } from "./findings/item";
import { asMember, memberRoleOption } from "./members";
import { momentForms, momentOf } from "./moment";
import { ownCatalogue } from "./own-catalogue";
import { patience } from "./patience";
import { counted } from "./replay/printer";
import {
  callAwsAt,
  findStack,
  functionOption,
  type Item,
  namingTable,
  type StackAccess,
  stackOptions,
  tableOption,
} from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

const { severity, actor, detection, outcome } = filterOptions;

export const usage = "fix FINDING… | --since TIME [--detection ID] [options]";
export const summary = "Fix findings that were planned, refused or failed, with your own credentials";
export const details = `FINDING is a finding's ID, or the beginning of it that \`findings\` shows; without one, all findings are \
taken that match the options and were not fixed. Each fix is planned anew from the live state. You see all calls, and their number, \
before they are made with your own credentials; the receipt of each is printed, and the finding says who fixed it and why.`;
export const options = {
  why: { type: "string", value: "TEXT", description: "the reason, which is kept with the finding; required" },
  since: { type: "string", value: "TIME", description: `findings first seen since: ${momentForms}` },
  until: { type: "string", value: "TIME", description: "findings first seen until (default: now)" },
  severity,
  actor,
  detection,
  outcome: { ...outcome, description: `one of ${fixedByHandFrom.join(", ")} (default: any of them)` },
  ...memberRoleOption,
  "dry-run": { type: "boolean", description: "print the calls, and make none" },
  yes: { type: "boolean", short: "y", description: "do not ask for confirmation" },
  ...stackOptions,
  ...tableOption,
  ...functionOption,
} as const satisfies Options;

/** Findings read concurrently. */
const atATime = 8;

type Values = Given<typeof options>["values"];

/** A finding, and the calls that would fix it now. */
interface Fixable {
  id: string;
  plan: Plan;
}

/** The verb `fix`. */
export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const why = reasonOf(values, positionals);
  const { endpoint } = values;
  const isDry = values["dry-run"] === true;
  const stack = await findStack(isDry ? ["table"] : ["table", "function"], values);
  const { table, region } = stack;
  const aws = callAwsAt(endpoint, undefined, asMember(region, values.role, "cloudtrailer-fix"));
  const access: StackAccess = { table, region, aws: namingTable(aws, table) };
  const items = positionals.length > 0 ? await named(access, positionals) : await matching(access, values);
  const { Account } = await aws({ service: "sts", operation: "GetCallerIdentity", region, input: {} });
  const fixable = await showPlans(items, access, { home: plainTextOf(Account), io });
  const calls = fixable.reduce((sum, { plan }) => sum + plan.calls.length, 0);
  io.err(
    `${counted(fixable.length, "finding")} of ${items.length} can be fixed now, by ${counted(calls, "call")}`,
  );
  if (isDry || fixable.length === 0) return 0;
  if (!values.yes && !(await confirmed("Make these calls?"))) {
    io.err("nothing was changed");
    return 1;
  }
  const ask = createAskFunction({ ...stack, function: stack.function ?? "", endpoint, aws });
  const fixed: boolean[] = [];
  for (const one of fixable) fixed.push(await fixOne(one, why, { aws, ask, io }));
  return fixed.every(Boolean) ? 0 : 1;
}

/** Prints what would fix each finding now, or why nothing would. @returns those with a fix */
async function showPlans(
  items: Item[],
  access: StackAccess,
  { home, io }: { home: string; io: Io },
): Promise<Fixable[]> {
  const fixable: Fixable[] = [];
  for (const item of items) {
    const id = item.id?.S ?? "";
    const plan = await planOf(id, item, access, home);
    io.out(`${id}: ${clean("reason" in plan ? plan.reason : plan.summary, 600)}`);
    if ("reason" in plan) continue;
    for (const call of plan.calls) io.out(`  ${commandLineOf(call)}`);
    fixable.push({ id, plan });
  }
  return fixable;
}

/** @returns the reason; empty if no call is to be made */
function reasonOf({ why, since, yes, "dry-run": isDry }: Values, positionals: string[]): string {
  if (positionals.length === 0 && since === undefined)
    throw usageError("expected a FINDING, or --since TIME for all that match, found neither");
  if (positionals.length > 0 && since !== undefined)
    throw usageError("expected FINDING, or --since for all that match, found both");
  if (isDry) return "";
  const reason = reasonIn(why);
  expectAnswer(yes, "--yes or --dry-run");
  return reason;
}

async function named(access: StackAccess, ids: string[]): Promise<Item[]> {
  const items = await forEachAtMost(atATime, ids, (id) => keptItemOf(access, id));
  return items.map((item) => {
    if (item.status === "rejected") throw item.reason;
    return item.value;
  });
}

/** The findings that match, oldest first: later calls may build on earlier ones. */
async function matching(access: StackAccess, values: Values): Promise<Item[]> {
  const now = Date.now();
  const from = momentOf("since", values.since ?? "", now);
  const until = values.until === undefined ? now : momentOf("until", values.until, now);
  const isWanted = filterOf({
    severity: values.severity,
    actor: values.actor,
    detection: values.detection,
    outcome: values.outcome,
  });
  const ids: string[] = [];
  for await (const finding of findingsBetween(access, from, until))
    if (isWanted(finding) && fixedByHandFrom.some((one) => one === finding.outcome)) ids.unshift(finding.id);
  return named(access, ids);
}

/** What would fix a finding now, or why nothing would. @param home the account of the person's credentials */
async function planOf(
  id: string,
  item: Item,
  { table, region, aws }: StackAccess,
  home: string,
): Promise<Plan | { reason: string }> {
  const found = item.outcome?.S ?? "no outcome";
  if (!fixedByHandFrom.some((one) => one === found))
    return { reason: `nothing to fix, its outcome is ${found}` };
  const { fixedByHand } = keptOf(item);
  if (fixedByHand !== undefined) return { reason: `already fixed by ${fixedByHand.by} at ${fixedByHand.at}` };
  const { detections, remediations } = ownCatalogue(() => undefined).catalogue;
  const finding = findingIn(id, item, detections);
  if (finding === undefined) return { reason: "too little is kept of it to plan a fix" };
  const remediation = remediations.find((one) => one.id === finding.detection.id);
  if (remediation === undefined)
    return { reason: "this detection has no fix: a person must take the next steps" };
  const { account } = finding;
  const member = account === home ? {} : { account };
  const baselines = createBaselineStore(aws, { table, region, now: () => Date.now(), ...member });
  try {
    const plan = await remediation.plan(finding, account === home ? aws : inAccount(aws, account), {
      settings: defaultSettings,
      baselineOf: (key) => baselineBefore(baselines, finding, key),
    });
    if ("outcome" in plan) return { reason: `${plan.outcome}: ${plan.reason}` };
    return withAccount(plan, { account: home, accounts: { [account]: { member: true } } }, account);
  } catch (error) {
    return { reason: `unable to read the live state: ${problemOfCall(error)}` };
  }
}

/** @returns whether all calls were made */
async function fixOne(
  { id, plan }: Fixable,
  why: string,
  { aws, ask, io }: { aws: CallAws; ask: AskFunction; io: Io },
): Promise<boolean> {
  const { answers, failed } = await carryOut(plan.calls, withPatience(aws, patience));
  const rollback = completedRollback(plan, answers);
  const isMade = answers.some((answer) => answer !== undefined);
  if (isMade && rollback.length > 0) io.out(`${id}: to roll this back, in this order`);
  if (isMade) for (const call of rollback) io.out(`  ${commandLineOf(call)}`);
  if (failed !== undefined) {
    io.err(`${id}: ${failed}`);
    return false;
  }
  const { by } = await ask({ verb: "fixed", finding: id, why });
  io.out(`${id}: fixed by ${by}: ${why}`);
  return true;
}
