import type { Call } from "../../handlers/aws/call";
import { partitionOf } from "../../handlers/aws/regions";
import type { Finding } from "../../handlers/detections/finding";
import type { Outcome } from "../../handlers/findings/result";
import { expect } from "chai";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { defaultSettings, type DetectionContext } from "../../handlers/settings";
import type { Match } from "../../handlers/detections/detection";
import { type BaselineKind, baselineKeyOf } from "../../handlers/baselines/baseline";
import { baselineKinds } from "../../handlers/baselines/kinds/index";
import { completedRollback } from "../../handlers/remediations/receipt";
import type { NoPlan, Plan, PlanContext, Remediation } from "../../handlers/remediations/remediation";
import { type Answers, aFinding, aRecord, awsError, fakeAws } from "./factories";
import { movedTo, type TestedPartition } from "./partitions";
import { problemsOfCall, problemsOfPlan } from "./service-model";

/** The input of a plan in a test, besides the record. */
export interface Given {
  /** AWS's answers, by `service:Operation`. */
  aws?: Answers;
  match?: Match;
  actor?: Parameters<typeof aFinding>[2];
  /** Baselines by {@link baselineKeyOf}. */
  baselines?: Record<string, unknown>;
  configured?: Partial<Omit<DetectionContext, "account">>;
}

/** The baseline of one resource, for {@link Given}: an entry under its key. */
export function kept(
  kind: BaselineKind,
  region: string,
  id: string,
  baseline: unknown,
): Record<string, unknown> {
  return { [baselineKeyOf(kind, region, id)]: baseline };
}

/**
 * Plans for a record against a fake AWS. Everything that the plan reads, does and would roll back must be valid by AWS's
 * service models, and the same attack must have the same result in the other partitions: this is checked for every plan that a
 * test makes.
 */
export async function planned(
  remediation: Remediation,
  record: Partial<CloudTrailRecord>,
  given: Given = {},
): Promise<Plan | NoPlan> {
  const finding = aFinding(
    { match: given.match ?? { evidence: [], resources: [] } },
    aRecord(record),
    given.actor,
  );
  const { plan, calls } = await planFor(remediation, finding, given);
  expect(calls.flatMap(problemsOfCall), `what ${remediation.id} reads`).to.deep.equal([]);
  for (const partition of ["aws-cn", "aws-us-gov"] as const)
    await expectTheSameIn(partition, remediation, finding, given, plan);
  if ("outcome" in plan) {
    expect(plan.reason).to.be.a("string").that.is.not.empty;
    return plan;
  }
  expect(plan.calls).not.to.be.empty;
  expect(problemsOfPlan(plan), `what ${remediation.id} plans`).to.deep.equal([]);
  expect(JSON.parse(JSON.stringify(plan)), "a plan is JSON").to.deep.equal(plan);
  return plan;
}

/** A plan, and everything it read: calls, and the keys of baselines. */
async function planFor(
  remediation: Remediation,
  finding: Finding,
  given: Given,
): Promise<{ plan: Plan | NoPlan; calls: Call[]; keys: string[] }> {
  const { aws, calls } = fakeAws(given.aws ?? {});
  const keys: string[] = [];
  const context: PlanContext = {
    settings: { context: { ...defaultSettings.context, ...given.configured } },
    baselineOf: async (key) => {
      const declared = (remediation.baselines ?? []).map((name) => baselineKinds[name].type);
      expect(declared, `what ${remediation.id} declares in baselines`).to.include(key.split("#")[1]);
      keys.push(key);
      return given.baselines?.[key];
    },
  };
  return { plan: await remediation.plan(finding, aws, context), calls, keys };
}

/** Remediations with a service that not every partition has: there they refuse. */
const notEverywhere = ["region-enabled", "route53-domain-transfer"];

/** Expects the same plan for the same attack in another partition, and every region of it there. */
async function expectTheSameIn(
  partition: TestedPartition,
  remediation: Remediation,
  finding: Finding,
  given: Given,
  expected: Plan | NoPlan,
): Promise<void> {
  // A test's AWS is asked in the regions that the test knows.
  const home = finding.region === "us-east-1" ? "us-west-2" : finding.region;
  const answers = Object.entries(given.aws ?? {}).map(([operation, answer]): [string, Answers[string]] => [
    operation,
    typeof answer === "function"
      ? (input) => movedTo(partition, answer(movedTo("aws", input, home)))
      : movedTo(partition, answer),
  ]);
  const { plan, calls, keys } = await planFor(remediation, movedTo(partition, finding), {
    aws: Object.fromEntries(answers),
    baselines: movedTo(partition, given.baselines),
    configured: movedTo(partition, given.configured),
  });
  const where = `${remediation.id} in ${partition}`;
  const lacks = notEverywhere.includes(remediation.id) && "outcome" in plan && plan.outcome === "refused";
  if (!lacks) expect(shapeOf(plan), where).to.deep.equal(shapeOf(expected));
  const planned = "outcome" in plan ? [] : [...plan.calls, ...plan.rollback];
  const regions = [
    ...[...calls, ...planned].map(({ region }) => region),
    ...keys.map((key) => key.split("#")[2]?.split("/")[0] ?? ""),
  ];
  expect(
    regions.filter((region) => partitionOf(region) !== partition),
    where,
  ).to.deep.equal([]);
}

/** The result of a plan, without the names in it. */
function shapeOf(plan: Plan | NoPlan): unknown {
  if ("outcome" in plan) return plan.outcome;
  return [plan.calls, plan.rollback].map((calls) => calls.map(({ operation }) => operation));
}

/** The calls of a plan, and of its rollback when all of them were made: `[operation, input]` each. */
export function callsOf(plan: Plan | NoPlan): { calls: unknown[]; rollback: unknown[] } {
  if ("outcome" in plan) throw new Error(`expected a plan, found ${plan.outcome}: ${plan.reason}`);
  const short = (call: Plan["calls"][number]) => [call.operation, call.input];
  const rollback = plan.rollback.filter(({ unlessMade = [] }) => unlessMade.length === 0);
  return { calls: plan.calls.map(short), rollback: rollback.map(short) };
}

/** The calls of the rollback when the first `made` calls of a plan were made and the others refused. */
export function rollbackAfter(plan: Plan | NoPlan, made: number): unknown[] {
  if ("outcome" in plan) throw new Error(`expected a plan, found ${plan.outcome}: ${plan.reason}`);
  const answers = plan.calls.slice(0, made).map(() => ({}));
  return completedRollback(plan, answers).map(({ operation, input }) => [operation, input]);
}

/** One call and its rollback. */
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
