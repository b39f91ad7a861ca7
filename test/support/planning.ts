import type { Outcome } from "../../handlers/findings/result";
import { expect } from "chai";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { defaultSettings, type DetectionContext } from "../../handlers/settings";
import type { Match } from "../../handlers/detections/detection";
import { type BaselineKind, baselineKeyOf, baselineKinds } from "../../handlers/baselines/baseline-kinds";
import type { NoPlan, Plan, PlanContext, Remediation } from "../../handlers/remediations/remediation";
import { type Answers, aFinding, aRecord, awsError, fakeAws } from "./factories";
import { problemsOfCall, problemsOfPlan } from "./service-model";

/** What a plan is made from in a test, besides the record. */
export interface Given {
  /** What AWS answers, by `service:Operation`. */
  aws?: Answers;
  match?: Match;
  actor?: Parameters<typeof aFinding>[2];
  /** Baselines by {@link baselineKeyOf}. */
  baselines?: Record<string, unknown>;
  configured?: Partial<Omit<DetectionContext, "account">>;
}

/** The baseline of one thing, for {@link Given}: an entry under its key. */
export function kept(
  kind: BaselineKind,
  region: string,
  id: string,
  baseline: unknown,
): Record<string, unknown> {
  return { [baselineKeyOf(kind, region, id)]: baseline };
}

/**
 * Plans for a record against a fake AWS. Whatever the plan reads, does and would undo must be sound by AWS's service
 * models: this is checked for every plan that a test makes.
 */
export async function planned(
  remediation: Remediation,
  record: Partial<CloudTrailRecord>,
  given: Given = {},
): Promise<Plan | NoPlan> {
  const { aws, calls } = fakeAws(given.aws ?? {});
  const match = given.match ?? { evidence: [], resources: [] };
  const context: PlanContext = {
    settings: { context: { ...defaultSettings.context, ...given.configured } },
    baselineOf: async (key) => {
      const declared = (remediation.baselines ?? []).map((name) => baselineKinds[name].type);
      expect(declared, `what ${remediation.id} declares in baselines`).to.include(key.split("#")[1]);
      return given.baselines?.[key];
    },
  };
  const plan = await remediation.plan(aFinding({ match }, aRecord(record), given.actor), aws, context);
  expect(calls.flatMap(problemsOfCall), `what ${remediation.id} reads`).to.deep.equal([]);
  if ("outcome" in plan) {
    expect(plan.reason).to.be.a("string").that.is.not.empty;
    return plan;
  }
  expect(plan.calls).not.to.be.empty;
  expect(problemsOfPlan(plan), `what ${remediation.id} plans`).to.deep.equal([]);
  expect(JSON.parse(JSON.stringify(plan)), "a plan is JSON").to.deep.equal(plan);
  return plan;
}

/** The calls of a plan and of its rollback: `[operation, input]` each. */
export function callsOf(plan: Plan | NoPlan): { calls: unknown[]; rollback: unknown[] } {
  if ("outcome" in plan) throw new Error(`expected a plan, found ${plan.outcome}: ${plan.reason}`);
  const short = (call: Plan["calls"][number]) => [call.operation, call.input];
  return { calls: plan.calls.map(short), rollback: plan.rollback.map(short) };
}

/** One call and the one that takes it back. */
export function expectPlan(plan: Plan | NoPlan, calls: unknown[], rollback: unknown[]): void {
  expect(callsOf(plan)).to.deep.equal({ calls, rollback });
}

/** Expects no plan, for this reason. */
export function expectOutcome(plan: Plan | NoPlan, outcome: Outcome): void {
  expect("outcome" in plan ? plan.outcome : `a plan to ${plan.summary}`).to.equal(outcome);
}

/** An answer that is an error of AWS's. */
export function failing(code: string, message?: string): () => never {
  return () => {
    throw awsError(code, message);
  };
}
