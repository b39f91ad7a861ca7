import { clean } from "../../handlers/alerts/clean";
import { commandLineOf } from "../../handlers/alerts/command-line";
import { hashOfCalls } from "../../handlers/findings/person-request";
import type { Plan } from "../../handlers/remediations/remediation";
import { type AskFunction, createAskFunction } from "../ask-function";
import { confirmed, expectAnswer, reasonIn } from "../confirm";
import { keptItemOf } from "../findings/item";
import {
  callAwsAt,
  findStack,
  functionOption,
  type Item,
  namingTable,
  stackOptions,
  tableOption,
} from "../stack-access";
import { type Given, type Io, type Options, usageError } from "../verb";

/** The options of `approve` and `deny`. */
export const answerOptions = {
  why: {
    type: "string",
    value: "TEXT",
    description: "the reason, which is kept with the finding and alerted; required",
  },
  yes: { type: "boolean", short: "y", description: "do not ask for confirmation" },
  ...stackOptions,
  ...tableOption,
  ...functionOption,
} as const satisfies Options;

/** How a finding waits for a person's answer. */
const waitingOutcomes = ["awaiting-approval", "delayed"];

/** A person's answer to a fix that waits. */
export type Answer = "approve" | "deny";

/** The verbs `approve` and `deny`. */
export async function runAnswer(
  verb: Answer,
  { values, positionals }: Given<typeof answerOptions>,
  io: Io,
): Promise<number> {
  const [id, ...more] = positionals;
  const { yes, endpoint } = values;
  if (id === undefined || more.length > 0)
    throw usageError(`expected one FINDING, found ${positionals.join(" ") || "none"}`);
  const why = reasonIn(values.why);
  expectAnswer(yes);
  const stack = await findStack(["table", "function"], values);
  const { table, region } = stack;
  const item = await keptItemOf({ table, region, aws: namingTable(callAwsAt(endpoint), table) }, id);
  const plan = planIn(item, id);
  for (const line of linesOf(plan)) io.out(line);
  const question = verb === "approve" ? "Have these calls made?" : "Deny these calls?";
  if (!yes && !(await confirmed(question))) {
    io.err("nothing was changed");
    return 1;
  }
  const ask = createAskFunction({ ...stack, endpoint, aws: callAwsAt(endpoint) });
  return (await answer(verb, { item, plan, why }, ask, io)) ? 0 : 1;
}

/**
 * Asks the function.
 *
 * @returns whether what was asked was done: a fix that is approved may turn out to be another one now
 */
async function answer(
  verb: Answer,
  { item, plan, why }: { item: Item; plan: Plan; why: string },
  ask: AskFunction,
  io: Io,
): Promise<boolean> {
  const finding = item.id?.S ?? "";
  const { by, result = "" } = await ask({ verb, finding, plan: hashOfCalls(plan.calls), why });
  io.out(`${verb === "approve" ? "approved" : "denied"} by ${by}: ${clean(result, 600)}`);
  return /^(?:fixed|already-ok|rejected)\b/.test(result);
}

/** The plan of a finding that waits. @throws Error with its outcome if it does not */
function planIn({ outcome, plan }: Item, id: string): Plan {
  if (waitingOutcomes.includes(outcome?.S ?? "") && plan?.S !== undefined) return JSON.parse(plan.S) as Plan;
  throw new Error(
    `expected a finding that waits for approval, or for its fix, found ${id} with ${outcome?.S === undefined ? "no outcome" : `outcome ${outcome.S}`}`,
  );
}

function linesOf({ summary, calls }: Plan): string[] {
  return [clean(summary, 500), ...calls.map((call) => `  ${commandLineOf(call)}`)];
}
