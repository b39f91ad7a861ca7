import type { Call, CallAws } from "../../handlers/aws/call";
import { awsServices } from "../../handlers/aws/services";
import type { Finding } from "../../handlers/detections/finding";
import type { NoPlan, Plan } from "../../handlers/remediations/remediation";
import type { ExpectedCall, Hit, LiveAnswer } from "../../handlers/rules/examples";
import { actionOf, type Permission, type Rule } from "../../handlers/rules/rule";
import type { Settings } from "../../handlers/settings";
import { didYouMean, shown } from "../../infra/checks";
import { botocoreData } from "../../local/install-emulator";
import { problemsOfCall, problemsOfReceipt } from "../../local/service-checks";
import { type Difference, differenceOf, thrown } from "./difference";
import { actionOfCall } from "./iam-actions";

/** What the fix of a rule does about a finding, held against what an example expects; nothing without a fix or answers. */
export async function differencesOfFix(
  { rule, file }: { rule: Rule; file: string },
  finding: Finding,
  example: Hit,
  context: Settings["context"],
  path: string,
): Promise<Difference[]> {
  const { remediation } = rule;
  const { live, calls, outcome, baselines = {} } = example;
  if (remediation === undefined || (live === undefined && calls === undefined && outcome === undefined))
    return [];
  const differences: Difference[] = [];
  const aws = answering(live ?? {}, `${path}.live`, differences, remediation.reads);
  let plan: Plan | NoPlan;
  try {
    plan = await remediation.plan(finding, aws, {
      settings: { context },
      baselineOf: (key) => Promise.resolve(baselines[key]),
    });
  } catch (error) {
    // What an answer was missing for is said already.
    if (differences.length > 0) return differences;
    return [{ path, message: thrown("plan", error, file) }];
  }
  if (differences.length > 0) return differences;
  const wrong = wrongPlan(plan);
  if (wrong !== undefined) return [{ path, message: wrong }];
  return "outcome" in plan
    ? differencesOfOutcome(plan, example, path)
    : differencesOfPlan(plan, example, remediation.writes, path);
}

/** AWS as an example has it. What the example does not have is a difference. */
function answering(
  live: NonNullable<Hit["live"]>,
  path: string,
  differences: Difference[],
  reads: Permission[],
): CallAws {
  const asked = new Map<string, number>();
  return (call) => {
    const name = `${call.service}:${call.operation}`;
    const missing = undeclared(call, reads, "reads");
    const wrong = problemsOf(call);
    for (const message of missing === undefined ? wrong : [...wrong, missing])
      differences.push({ path, message });
    const time = asked.get(name) ?? 0;
    asked.set(name, time + 1);
    const answers = Object.hasOwn(live, name) ? live[name] : undefined;
    const answer: LiveAnswer | undefined = Array.isArray(answers) ? answers[time] : answers;
    if (answer === undefined) {
      const message = `expected an answer to ${name} ${shown(call.input)}, found none: add it to \`live\`, as { "${name}": … }`;
      differences.push({ path, message });
      return Promise.reject(new Error(message));
    }
    if (typeof answer.error !== "string" || Object.keys(answer).length > 1) return Promise.resolve(answer);
    return Promise.reject(Object.assign(new Error(answer.error), { name: answer.error }));
  };
}

/** What a rule does not say that its role needs. */
function undeclared(call: Call, declared: Permission[], member: "reads" | "writes"): string | undefined {
  const action = actionOfCall(call);
  if (action === undefined || declared.map(actionOf).includes(action)) return undefined;
  return `${call.service}:${call.operation} needs ${action}, which \`${member}\` does not have`;
}

/** What is wrong with a plan's form. TypeScript is not asked when examples run. */
function wrongPlan(plan: unknown): string | undefined {
  const { outcome, reason, calls, rollback, summary } = (plan ?? {}) as Partial<NoPlan & Plan>;
  const isNoPlan = typeof outcome === "string" && typeof reason === "string";
  const isPlan = Array.isArray(calls) && Array.isArray(rollback) && typeof summary === "string";
  if (!isNoPlan && !(isPlan && calls.length > 0))
    return `expected plan to return { summary, calls, rollback }, or an outcome with a reason; found ${shown(plan)}`;
  const asJson = differenceOf(JSON.parse(JSON.stringify(plan)), plan, "plan");
  return asJson === undefined
    ? undefined
    : `expected a plan of JSON alone; ${asJson.path}: ${asJson.message}`;
}

function differencesOfOutcome(
  { outcome, reason }: NoPlan,
  { outcome: expected, calls }: Hit,
  path: string,
): Difference[] {
  const found = `${outcome}: ${reason}`;
  if (expected === outcome) return [];
  const wanted = expected ?? `${calls?.length ?? 0} calls`;
  return [
    {
      path: `${path}.${expected === undefined ? "calls" : "outcome"}`,
      message: `expected ${wanted}, found ${found}`,
    },
  ];
}

function differencesOfPlan(
  plan: Plan,
  { outcome, calls, rollback }: Hit,
  writes: Permission[],
  path: string,
): Difference[] {
  if (outcome !== undefined)
    return [
      {
        path: `${path}.outcome`,
        message: `expected ${outcome}, found a plan: ${named(plan.calls).join(", ")}`,
      },
    ];
  const problemsAt = (calls: Call[], member: string) =>
    calls.flatMap((call) => problemsOf(call).map((message) => ({ path: `${path}.${member}`, message })));
  const differences = [...problemsAt(plan.calls, "calls"), ...problemsAt(plan.rollback, "rollback")];
  for (const call of plan.calls) {
    const missing = undeclared(call, writes, "writes");
    if (missing !== undefined) differences.push({ path: `${path}.calls`, message: missing });
  }
  differences.push(...problemsOfReceipt(plan).map((message) => ({ path: `${path}.rollback`, message })));
  if (calls !== undefined) differences.push(...differencesOfCalls(calls, plan.calls, `${path}.calls`));
  if (rollback !== undefined)
    differences.push(...differencesOfCalls(rollback, plan.rollback, `${path}.rollback`));
  return differences;
}

function named(calls: Call[]): string[] {
  return calls.map(({ service, operation }) => `${service}:${operation}`);
}

/** What AWS would not take of a call, as far as its own models say. */
function problemsOf(call: Call): string[] {
  const { service, operation } = call;
  if (JSON.stringify(call.input).includes('"TODO"'))
    return [`expected the input of ${service}:${operation} without a TODO, found ${shown(call.input)}`];
  const known = Object.keys(awsServices);
  const entry = Object.hasOwn(awsServices, service) ? awsServices[service] : undefined;
  if (entry === undefined)
    return [
      `expected a service of the AWS CLI that handlers/aws/services.ts has, found ${shown(service)}${didYouMean(service, known)}`,
    ];
  const operations = Object.keys(entry.load())
    .filter((name) => name.endsWith("Command"))
    .map((name) => name.replace(/Command$/, ""));
  if (!operations.includes(operation))
    return [
      `expected an operation of ${service}, found ${shown(operation)}${didYouMean(operation, operations)}`,
    ];
  return problemsByModel(call);
}

/** By botocore's model of the service, which comes with AWS on this machine; without it, the SDK's operations are checked. */
function problemsByModel(call: Call): string[] {
  return hasModels() ? problemsOfCall(call) : [];
}

function hasModels(): boolean {
  try {
    return botocoreData() !== "";
  } catch {
    return false;
  }
}

function differencesOfCalls(expected: ExpectedCall[], found: Call[], path: string): Difference[] {
  if (expected.length !== found.length)
    return [
      {
        path,
        message: `expected ${expected.length} calls, found ${found.length}: ${found.map((call) => `${call.service}:${call.operation} ${JSON.stringify(call.input)}`).join("; ")}`,
      },
    ];
  return expected.flatMap((call, index) => {
    const given = Object.entries(call) as [keyof Call, unknown][];
    for (const [member, value] of given) {
      const difference = differenceOf(value, found[index]?.[member], `${path}[${index}].${member}`);
      if (difference !== undefined) return [difference];
    }
    return [];
  });
}
