import type { Call, CallAws } from "../../../handlers/aws/call";
import { failureIn } from "../../../handlers/aws/carry-out";
import { expect } from "chai";
import { createCallAws } from "../../../handlers/aws/clients";
import { actorOf } from "../../../handlers/cloudtrail/actor";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { createAsking } from "../../../handlers/detections/asking";
import { createDetect } from "../../../handlers/detections/detect";
import { detections } from "../../../handlers/detections/index";
import { type Finding, findingOf } from "../../../handlers/detections/finding";
import { createSeenState } from "../../../handlers/detections/seen-state";
import { createAnswers, decideAll } from "../../../handlers/findings/answers";
import { permits } from "../../../handlers/findings/rollback-permit";
import { baselineKeyOf, readBaseline } from "../../../handlers/baselines/baseline";
import { remediations } from "../../../handlers/remediations/index";
import { completedRollback, leftAfter } from "../../../handlers/remediations/receipt";
import type { Plan, PlanContext, Remediation } from "../../../handlers/remediations/remediation";
import { defaultSettings } from "../../../handlers/settings";
import type { Credentials, Emulator } from "../../../local/emulator";
import { type Recorder, startRecorder } from "../../../local/recorder/recorder";
import { makeAdministrator } from "../../../local/stack";
import { statementsFor } from "../../../policies/remediation-scopes";
import { problemsOfPlan } from "../../support/service-model";
import { emulator, eventually } from "../support";
import type { Owner, Scenario, Step } from "./scenario";

/** A state: the answers to the calls that read it, by call. */
type State = Record<string, unknown>;

/** What the scenarios of one file run on. */
interface Stage {
  emulator: Emulator;
  recorder: Recorder;
  /** What went wrong in the recorder. */
  problems: Error[];
  records: CloudTrailRecord[];
  owner: Owner;
  attacker: CallAws;
}

/**
 * Tests each scenario against the emulator: creates the state, attacks it with an IAM user's own keys, detects the record of
 * the attack, plans and fixes with only the remediation's own permissions, compares the whole state with that before, plans
 * again, runs the rollback, and compares with the state after the attack.
 *
 * @param start the emulator; MiniStack, which enforces permissions, when it is left out
 */
export function testRemediations(title: string, scenarios: Scenario[], start = emulator): void {
  describe(title, () => {
    let stage: Stage;
    before(async () => {
      // An emulator may have to be installed first.
      stage = await setStage(title, await start());
    });
    after(async () => {
      await stage?.recorder.close();
      expect(stage?.problems.map(({ message }) => message) ?? []).to.deep.equal([]);
    });
    scenarios.forEach((scenario, index) => {
      const { id, what } = scenario;
      const name = `s${index}-${id.slice(0, 30)}`;
      it(what === undefined ? id : `${id}: ${what}`, async () => {
        try {
          await run(scenario, stage, name);
        } finally {
          await removeTrail(stage.owner, name);
        }
      });
    });
  });
}

async function setStage(title: string, running: Emulator): Promise<Stage> {
  const { account, region, credentials, models, endpoint } = running;
  const records: CloudTrailRecord[] = [];
  const problems: Error[] = [];
  const recorder = await startRecorder({
    upstream: endpoint,
    account,
    region,
    credentials,
    models,
    // The emulators that replace MiniStack for some services let nobody put AWS's own events.
    eventDelays: () => [],
    onRecord: (record) => void records.push(record),
    onError: (error) => {
      // Attacked trails have buckets that nothing may deliver to.
      if (!/unable to deliver|were not delivered|reject the delivery/.test(error.message))
        problems.push(error);
    },
  });
  const root = createCallAws({ endpoint, credentials });
  const keys = await makeAdministrator(running, `mallory-${title.replace(/\W+/g, "-")}`);
  return {
    emulator: running,
    recorder,
    problems,
    records,
    owner: (step) => root({ region, ...step }),
    attacker: createCallAws({ endpoint: recorder.endpoint, credentials: keys }),
  };
}

async function run(scenario: Scenario, stage: Stage, name: string): Promise<void> {
  const { owner, emulator: running } = stage;
  const { id, anew = [] } = scenario;
  const remediation = remediations.find((one) => one.id === id);
  if (remediation === undefined) throw new Error(`expected a remediation ${id} in the catalogue, found none`);

  const made = await scenario.make(owner, name);
  const stateNow = () => stateOf(owner, scenario.state(made), anew);
  const atFirst = await stateNow();
  const context = await contextOf(scenario, made, stage);

  const attack = { region: running.region, ...scenario.attack(made) };
  const finding = await attacked(stage, scenario, context, attack);
  // Past the recorder.
  for (const step of scenario.unseen?.(made) ?? []) await owner(step);
  const afterAttack = await stateNow();
  expect(afterAttack, "the attack changed nothing").not.to.deep.equal(atFirst);

  const fixer = createCallAws({
    endpoint: running.endpoint,
    credentials: await makeFixer(stage, remediation, name),
  });
  const plan = await remediation.plan(finding, fixer, context);
  if ("outcome" in plan) throw new Error(`expected a plan, found ${plan.outcome}: ${plan.reason}`);
  expect(problemsOfPlan(plan)).to.deep.equal([]);
  await tryPartly(plan, fixer, owner, async (made) => {
    expect(await stateNow(), `the state after the rollback of ${made}`).to.deep.equal(afterAttack);
  });
  const answers = await carryOut(plan.calls, fixer);
  const afterFix = await stateNow();
  if (scenario.contains) expect(afterFix, "the fix changed nothing").not.to.deep.equal(afterAttack);
  else expect(afterFix, "the state after the fix").to.deep.equal(atFirst);

  const again = await remediation.plan(finding, fixer, context);
  expect(leftAfter(plan, again, finding.detection), "what is left after the fix").to.equal(undefined);

  if (scenario.irreversible !== undefined) {
    expect(plan.rollback, scenario.irreversible).to.deep.equal([]);
    return;
  }
  await takeBack(stage, context, finding, completedRollback(plan, answers));
  expect(await stateNow(), "the state after the rollback").to.deep.equal(afterAttack);
}

/** AWS allows five trails per region: a scenario's own trail, named after it, makes room for the next. */
export async function removeTrail(owner: Owner, Name: string): Promise<void> {
  const { Trails } = await owner({ service: "cloudtrail", operation: "ListTrails", input: {} });
  for (const trail of Trails as { Name: string }[])
    if (trail.Name === Name)
      await owner({ service: "cloudtrail", operation: "DeleteTrail", input: { Name } });
}

/** Makes the calls of a receipt like `cloudtrailer rollback`: findings of them must pass by its permit. */
async function takeBack(
  { attacker, records }: Stage,
  { settings }: PlanContext,
  finding: Finding,
  rollback: Call[],
): Promise<void> {
  const from = records.length;
  for (const call of rollback) await attacker(call);
  await eventually(
    "the records of the rollback",
    async () => records.length >= from + rollback.length || undefined,
  );
  const permit = {
    finding: finding.id,
    by: String(finding.actor.arn),
    why: "it was planned",
    account: finding.account,
    resources: finding.match.resources.map(({ id }) => id),
    calls: rollback,
  };
  const detect = createDetect({ detections: {}, context: settings.context }, detections);
  for (const record of records.slice(from))
    for (const hit of detect(record)) {
      const found = findingOf(hit, record, actorOf(record), "s3://logs/file.json.gz");
      expect(permits(permit, found), `${found.id} of ${record.eventName} is let pass`).to.equal(true);
    }
}

/** The finding of an attack, from the record that the recorder made of it. */
async function attacked(
  stage: Stage,
  scenario: Scenario,
  { settings }: PlanContext,
  attack: Call,
): Promise<Finding> {
  const { records, emulator: running } = stage;
  const detection = detections.find(({ id }) => id === scenario.id);
  if (detection === undefined)
    throw new Error(`expected a detection ${scenario.id} in the catalogue, found none`);
  const from = records.length;
  await stage.attacker(attack);
  const configured = { detections: {}, context: settings.context };
  const detect = createDetect(configured, [detection]);
  const asking = createAsking(configured, [detection]);
  const answerTo = createAnswers({
    aws: stage.owner,
    account: running.account,
    seen: createSeenState(),
    trailBefore: async () => undefined,
  });
  return eventually(`a finding of ${detection.id} after ${attack.operation}`, async () => {
    for (const record of records.slice(from)) {
      const { decided } = await decideAll(asking.askedAbout(record), asking, answerTo);
      const [hit] = [...detect(record), ...decided.map((one) => one.hit)];
      if (hit !== undefined && record.recipientAccountId === running.account)
        return findingOf(hit, record, actorOf(record), "s3://logs/file.json.gz");
    }
    return undefined;
  });
}

/** Keys of a user with only the permissions that the detector's role has for this remediation. */
async function makeFixer(
  { owner, emulator: { account, region } }: Stage,
  { reads, writes }: Remediation,
  name: string,
): Promise<Credentials> {
  const UserName = `fixer-${name}`;
  const iam = (operation: string, input: Record<string, unknown>) =>
    owner({ service: "iam", operation, region: "us-east-1", input });
  await iam("CreateUser", { UserName });
  const Statement = statementsFor([...reads, ...writes], { partition: "aws", account, region });
  await iam("PutUserPolicy", {
    UserName,
    PolicyName: "fix",
    PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
  const { AccessKey } = (await iam("CreateAccessKey", { UserName })) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string };
  };
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
}

async function contextOf(
  scenario: Scenario,
  made: unknown,
  { owner, emulator: running }: Stage,
): Promise<PlanContext> {
  const baselines: Record<string, unknown> = {};
  const kept = scenario.baseline?.(made);
  if (kept !== undefined) {
    const region = kept.kind.type.startsWith("AWS::IAM::") ? "us-east-1" : running.region;
    const { kind, id } = kept;
    baselines[baselineKeyOf(kind, region, id)] = await readBaseline(owner, kind, region, id);
  }
  return {
    settings: { context: { ...defaultSettings.context, ...scenario.configured?.(made) } },
    baselineOf: async (key) => baselines[key],
  };
}

/** Has the calls of a plan refused after the first, the second and so on, and takes back each time what was made. */
async function tryPartly(
  plan: Plan,
  aws: CallAws,
  owner: Owner,
  check: (made: string) => Promise<void>,
): Promise<void> {
  if (plan.rollback.length === 0) return;
  for (let count = 1; count < plan.calls.length; count++) {
    const calls = plan.calls.slice(0, count);
    const answers = await carryOut(calls, aws);
    for (const call of completedRollback(plan, answers)) await owner(call);
    await check(calls.map(({ operation }) => operation).join(", "));
  }
}

/** Makes calls, each of which must succeed. */
async function carryOut(calls: Call[], aws: CallAws): Promise<Record<string, unknown>[]> {
  const answers: Record<string, unknown>[] = [];
  for (const call of calls) {
    const answer = await aws(call);
    expect(failureIn(call, answer), `what ${call.operation} did not do`).to.equal(undefined);
    answers.push(answer);
  }
  return answers;
}

/** The answers to read calls in comparable form: without what differs each time. */
export async function stateOf(owner: Owner, steps: Step[], anew: string[]): Promise<State> {
  const state: State = {};
  for (const step of steps) {
    const key = `${step.service}:${step.operation} ${JSON.stringify(step.input)}`;
    try {
      state[key] = plain(await owner(step), anew);
    } catch (error) {
      // Missing is a state, too; being denied would be a mistake of the test.
      const { name } = error as Error;
      if (/denied|unauthorized|signature|token/i.test(name)) throw error;
      state[key] = { error: name };
    }
  }
  return state;
}

/** An answer as JSON, without what the SDK adds and without the named members. Its lists are in no particular order. */
function plain(answer: Record<string, unknown>, anew: string[]): Record<string, unknown> {
  const json = JSON.parse(
    JSON.stringify(answer, (key, value: unknown) =>
      key === "$metadata" || anew.includes(key) ? undefined : value,
    ),
  ) as Record<string, unknown>;
  for (const value of Object.values(json))
    if (Array.isArray(value)) value.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return json;
}
