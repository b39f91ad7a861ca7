import { fieldsOf, listOf, shownJson, textOf } from "../json";
import type { NoPlan, Plan } from "./remediation";

/** The name of the error that says that what was planned is no plan. */
export const wrongPlan = "WrongPlan";

const noPlans: NoPlan["outcome"][] = ["already-ok", "changed-since", "needs-baseline", "refused"];

/**
 * What a remediation returned, if it is a plan or a reason for none: a team's own rule may return anything, and a person is to
 * hear what is wrong with it.
 *
 * @throws Error that says what was expected and found
 */
export function checkedPlan(found: unknown): Plan | NoPlan {
  const { outcome, reason, calls, rollback, summary, leaves } = fieldsOf(found);
  const wrong = (expected: string, what: unknown): Error =>
    Object.assign(new Error(`expected ${expected}, found ${shownJson(what)}`), { name: wrongPlan });
  if (outcome !== undefined) {
    if (!noPlans.some((one) => one === outcome)) throw wrong(`an outcome of ${noPlans.join(", ")}`, outcome);
    if (textOf(reason) === undefined) throw wrong("a text as the reason of its outcome", reason);
    return found as NoPlan;
  }
  if (!Array.isArray(calls) || !Array.isArray(rollback))
    throw wrong('a plan {"calls":[…],"rollback":[…],"summary":"…"} or an outcome with a reason', found);
  if (calls.length === 0) throw wrong("at least one call, or an outcome with a reason", calls);
  const other = [...calls, ...rollback].findIndex((call) => !isCall(call));
  if (other !== -1)
    throw wrong(
      'calls {"service":"…","operation":"…","region":"…","input":{…}}',
      [...calls, ...rollback][other],
    );
  if (textOf(summary) === undefined) throw wrong("a text as summary", summary);
  if (leaves !== undefined && textOf(leaves) === undefined) throw wrong("a text as leaves", leaves);
  // It is kept, and made from what was kept.
  if (!isOfJson(found)) throw wrong("a plan of JSON", summary);
  return found as Plan;
}

function isOfJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

function isCall(call: unknown): boolean {
  const { service, operation, region, input } = fieldsOf(call);
  const isNamed = [service, operation, region].every((one) => textOf(one) !== undefined && one !== "");
  return isNamed && typeof input === "object" && input !== null && listOf(input)[0] === input;
}
