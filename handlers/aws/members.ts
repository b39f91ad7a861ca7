import { type AccountsOf, isMember } from "../accounts";
import type { Call, CallAws } from "./call";

/** Makes calls in an account, by default. */
export function inAccount(aws: CallAws, account: string): CallAws {
  return (call) => aws({ account, ...call });
}

/** The calls of a plan, each with its account if that is a member. */
export function withAccount<PlanLike extends { calls: Call[]; rollback: Call[] }>(
  plan: PlanLike,
  settings: AccountsOf,
  account: string,
): PlanLike {
  if (!isMember(settings, account)) return plan;
  const there = (call: Call): Call => ({ account, ...call });
  return { ...plan, calls: plan.calls.map(there), rollback: plan.rollback.map(there) };
}
