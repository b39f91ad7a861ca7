import { hashOfCalls } from "../../../handlers/findings/person-request";
import { expect } from "chai";
import type { CallAws } from "../../../handlers/aws/call";
import { ownPartChanged } from "../../../handlers/detections/own/own-part-changed";
import { createBreakers, type OpenBreaker } from "../../../handlers/findings/breaker";
import { type Alertable, createHandle, type HandleDependencies } from "../../../handlers/findings/handle";
import { createOwnPlans } from "../../../handlers/findings/own-plans";
import { createRemediationLoops } from "../../../handlers/findings/remediation-loops";
import { createResourceLocks } from "../../../handlers/findings/resource-locks";
import { attributesOfPermit, rollbackKey } from "../../../handlers/findings/rollback-permit";
import { createFindingsStore } from "../../../handlers/findings/store";
import type { Remediation } from "../../../handlers/remediations/remediation";
import type { SwitchMode } from "../../../handlers/findings/mode-switch";
import type { Severity } from "../../../handlers/settings";
import {
  aDetection,
  aFinding,
  aMinuteLater,
  aRecord,
  awsError,
  fakeAws,
  someSettings,
} from "../../support/factories";
import { aTable, type MemoryDynamoDb } from "../../support/memory-dynamodb";

describe("createHandle", () => {
  const detach = {
    service: "iam",
    operation: "DetachUserPolicy",
    region: "us-east-1",
    input: { UserName: "bob" },
  };
  const attach = { ...detach, operation: "AttachUserPolicy" };
  const plan = {
    summary: "Detach it",
    calls: [{ ...detach, doneWhen: ["NoSuchEntity"] }],
    rollback: [attach],
  };
  const remediation = (own: Partial<Remediation> = {}): Remediation => ({
    id: "iam-admin-policy-attached-user",
    reads: [],
    writes: ["iam:DetachUserPolicy"],
    plan: async () => plan,
    ...own,
  });

  /** Everything around one or several invocations. */
  function prepare(own: Partial<HandleDependencies> = {}, table: MemoryDynamoDb = aTable()) {
    const alerts: (Alertable["result"] & Pick<Alertable, "mayRepeat">)[] = [];
    const opened: string[] = [];
    const waiting: string[] = [];
    const delayed: [id: string, fixAt: string][] = [];
    const { aws, calls } = fakeAws({ "iam:DetachUserPolicy": {} });
    let clock = aMinuteLater;
    const now = () => clock;
    let invocations = 0;
    const pause = async (ms: number) => void (clock += ms);
    const remaining = () => 120_000;
    const handle = (more: Partial<HandleDependencies> = {}) => {
      const settings = more.settings ?? own.settings ?? someSettings();
      const inTable = { table: "findings-red", region: "us-east-1", now };
      const claims = { ...inTable, owner: `invocation ${++invocations}`, leaseMs: 45_000 };
      const store = createFindingsStore(table.aws, { ...claims, keepDays: 90 });
      const alertOpened = async ({ actor, detection = "the account" }: OpenBreaker) =>
        void opened.push(actor === undefined ? detection : `${detection} for ${actor}`);
      return createHandle({
        settings,
        remediations: [remediation()],
        aws,
        store,
        breakers: createBreakers({ settings, aws: table.aws, store, alertOpened, now, pause }),
        alert: async ({ result, mayRepeat }) => {
          alerts.push(mayRepeat === undefined ? result : { ...result, mayRepeat });
          return "published";
        },
        baselineBefore: async () => undefined,
        noteReverted: async () => undefined,
        ceilingOf: async () => undefined,
        whyUnproven: async () => undefined,
        checkOwnParts: async () => ({ differences: [], isFirstDeployment: false }),
        ownPlans: createOwnPlans(table.aws, inTable),
        waiting: { note: async (id) => void waiting.push(id) },
        delays: { note: async (id, fixAt) => void delayed.push([id, fixAt]) },
        loops: createRemediationLoops(table.aws, inTable),
        locks: createResourceLocks(table.aws, { ...claims, pause, remaining }),
        now,
        pause,
        remaining,
        ...own,
        ...more,
      });
    };
    return { handle, alerts, opened, waiting, delayed, calls, table, pass: (ms: number) => (clock += ms) };
  }

  /** What the table has for the usual finding. */
  const itemOf = ({ items }: MemoryDynamoDb) => items[aFinding().id] ?? {};

  it("fixes, keeps the receipt, and alerts once", async () => {
    const { handle, alerts, calls, table } = prepare();
    const handled = await handle()(aFinding());
    expect(handled.outcome).to.equal("fixed");
    expect(calls.map((call) => call.operation)).to.deep.equal(["DetachUserPolicy"]);
    expect(alerts).to.have.length(1);
    expect(alerts[0]).to.deep.include({ outcome: "fixed", plan });
    expect(itemOf(table)).to.deep.include({ state: { S: "done" }, outcome: { S: "fixed" } });
    expect(JSON.parse(itemOf(table).plan?.S ?? "")).to.deep.equal(plan);
  });

  describe("in mode approve", () => {
    const settings = someSettings({ mode: "approve", approvers: ["*"], approvalHours: 8 });
    /** A yes, as the request of a person leaves it in the table. */
    const approve = ({ items }: MemoryDynamoDb, calls: unknown = plan.calls) => {
      const approval = {
        by: "arn:aws:iam::111122223333:user/alice",
        why: "an attack",
        at: "",
        plan: hashOfCalls(calls),
      };
      items[aFinding().id] = {
        ...items[aFinding().id],
        state: { S: "claimed" },
        leaseUntil: { N: "0" },
        approval: { S: JSON.stringify(approval) },
      };
    };

    it("plans, makes no call, and waits", async () => {
      const { handle, alerts, waiting, calls, table } = prepare({ settings });
      expect((await handle()(aFinding())).outcome).to.equal("awaiting-approval");
      expect(calls).to.deep.equal([]);
      expect(waiting).to.deep.equal([aFinding().id]);
      expect(alerts[0]).to.deep.include({ outcome: "awaiting-approval", plan });
      expect(alerts[0]?.reason).to.match(/^until 2\d{3}-\d\d-\d\d \d\d:\d\d UTC$/);
      expect(itemOf(table)).to.deep.include({ state: { S: "done" }, outcome: { S: "awaiting-approval" } });
      expect((await handle()(aFinding())).outcome).to.equal("duplicate");
    });

    it("fixes after a yes to these calls, hours later too, and says whose it was", async () => {
      const { handle, alerts, calls, table, pass } = prepare({ settings });
      await handle()(aFinding());
      approve(table);
      pass(7 * 3_600_000);
      expect((await handle()(aFinding())).outcome).to.equal("fixed");
      expect(calls.map(({ operation }) => operation)).to.deep.equal(["DetachUserPolicy"]);
      expect(alerts[1]).to.deep.include({ outcome: "fixed", plan });
      expect(alerts[1]?.reason).to.match(/approved by arn:aws:iam::111122223333:user\/alice: an attack$/);
    });

    it("waits anew when other calls would fix it now", async () => {
      const { handle, alerts, waiting, calls, table } = prepare({ settings });
      await handle()(aFinding());
      approve(table, []);
      expect((await handle()(aFinding())).outcome).to.equal("awaiting-approval");
      expect(calls).to.deep.equal([]);
      expect(waiting).to.have.length(2);
      expect(alerts[1]?.reason).to.match(
        /^the state has changed, and other calls would fix it now than \S+alice/,
      );
    });

    it("makes no call when there is nothing left to fix, or when the switch is below", async () => {
      const { handle, calls, table } = prepare({ settings });
      await handle()(aFinding());
      approve(table);
      const ceiling = { mode: "plan" as const, by: "carol", why: "a drill", at: "" };
      expect((await handle({ ceilingOf: async () => ceiling })(aFinding())).outcome).to.equal("planned");
      approve(table);
      const over = remediation({ plan: async () => ({ outcome: "already-ok", reason: "it is gone" }) });
      expect((await handle({ remediations: [over] })(aFinding())).outcome).to.equal("already-ok");
      expect(calls).to.deep.equal([]);
    });
  });

  describe("in mode fix with a delay", () => {
    const minuteMs = 60_000;
    const fix = { afterMinutes: 30, immediately: ["high" as const], rule: "due" };
    const settings = someSettings({ fix });
    /** As a look for due fixes leaves it. */
    const takeUp = ({ items }: MemoryDynamoDb) => {
      items[aFinding().id] = { ...items[aFinding().id], state: { S: "claimed" }, leaseUntil: { N: "0" } };
    };

    it("plans, makes no call, and announces when the fix will be made", async () => {
      const { handle, alerts, delayed, calls, table } = prepare({ settings });
      expect((await handle()(aFinding())).outcome).to.equal("delayed");
      expect(calls).to.deep.equal([]);
      const fixAt = new Date(Math.ceil(aMinuteLater / minuteMs + 30) * minuteMs).toISOString();
      expect(delayed).to.deep.equal([[aFinding().id, fixAt]]);
      const shown = fixAt.slice(0, 16).replace("T", " ");
      const reason = `the fix waits until ${shown} UTC, so that somebody can deny it`;
      expect(alerts[0]).to.deep.equal({ outcome: "delayed", plan, fixAt, reason });
      expect(itemOf(table)).to.deep.include({
        state: { S: "done" },
        outcome: { S: "delayed" },
        fixAt: { S: fixAt },
      });
      expect((await handle()(aFinding())).outcome).to.equal("duplicate");
    });

    it("fixes at once what the configuration says, and what could not be handled anew", async () => {
      const { handle, alerts } = prepare({ settings });
      expect((await handle()(aFinding({ severity: "high" }))).outcome).to.equal("fixed");
      const record = aRecord({ requestParameters: { policyDocument: "x".repeat(200_000) } });
      const large = prepare({ settings });
      expect((await large.handle()(aFinding({ record }))).outcome).to.equal("fixed");
      expect(large.alerts[0]?.reason).to.match(/its record is too large to be kept for a later fix$/);
      expect(alerts[0]?.reason).not.to.match(/later/);
    });

    it("fixes when it is due, and says for when it was announced", async () => {
      const { handle, alerts, calls, table, pass } = prepare({ settings });
      await handle()(aFinding());
      takeUp(table);
      pass(31 * minuteMs);
      expect((await handle()(aFinding())).outcome).to.equal("fixed");
      expect(calls.map(({ operation }) => operation)).to.deep.equal(["DetachUserPolicy"]);
      expect(alerts[1]?.reason).to.match(/the fix was announced for 2\d{3}-\d\d-\d\d \d\d:\d\d UTC$/);
      expect(alerts[1]).not.to.have.property("fixAt");
      expect(itemOf(table)).to.deep.include({ state: { S: "done" }, outcome: { S: "fixed" } });
    });

    it("keeps to the first moment when it is taken up too early", async () => {
      const { handle, delayed, table, pass } = prepare({ settings });
      await handle()(aFinding());
      takeUp(table);
      pass(10 * minuteMs);
      expect((await handle()(aFinding())).outcome).to.equal("delayed");
      expect(delayed[1]).to.deep.equal(delayed[0]);
    });

    const ceiling = { by: "carol", why: "a drill", at: "" };
    const exception = { detection: "*", reason: "it is meant", owner: "carol", until: "2099-01-01" };
    const checks: [title: string, outcome: string, reason: RegExp, more: Partial<HandleDependencies>][] = [
      [
        "the switch is at plan",
        "planned",
        /a drill/,
        { ceilingOf: async () => ({ ...ceiling, mode: "plan" }) },
      ],
      [
        "the switch is at alert",
        "alerted",
        /a drill/,
        { ceilingOf: async () => ({ ...ceiling, mode: "alert" }) },
      ],
      [
        "an exception covers it",
        "refused",
        /it is meant/,
        { settings: someSettings({ fix, exceptions: [exception] }) },
      ],
      [
        "its record is too old",
        "refused",
        /only calls of the last 20 minutes are fixed/,
        { settings: someSettings({ fix, maxAgeMinutes: 20 }) },
      ],
      [
        "the breaker is open",
        "refused",
        /the breaker is open/,
        { settings: someSettings({ fix, maxFixesPerHour: 0 }) },
      ],
      [
        "somebody has changed it since",
        "changed-since",
        /by somebody/,
        {
          remediations: [
            remediation({ plan: async () => ({ outcome: "changed-since", reason: "by somebody" }) }),
          ],
        },
      ],
    ];
    for (const [title, outcome, reason, more] of checks)
      it(`makes no call when it is due and ${title}, and alerts that`, async () => {
        const { handle, alerts, calls, table, pass } = prepare({ settings });
        await handle()(aFinding());
        takeUp(table);
        pass(31 * minuteMs);
        expect((await handle(more)(aFinding())).outcome).to.equal(outcome);
        expect(calls).to.deep.equal([]);
        expect(alerts[1]?.outcome).to.equal(outcome);
        expect(alerts[1]?.reason).to.match(reason);
      });

    it("is fixed when it is due although fixes are not delayed any more", async () => {
      const { handle, table, pass } = prepare({ settings });
      await handle()(aFinding());
      takeUp(table);
      pass(31 * minuteMs);
      expect((await handle({ settings: someSettings() })(aFinding())).outcome).to.equal("fixed");
    });

    it("fixes at once after a yes to these calls, and at its moment after one to others", async () => {
      const { handle, alerts, table, pass } = prepare({ settings });
      const approve = (calls: unknown) => {
        takeUp(table);
        const approval = { by: "alice", why: "an attack", at: "", plan: hashOfCalls(calls) };
        table.items[aFinding().id] = {
          ...table.items[aFinding().id],
          approval: { S: JSON.stringify(approval) },
        };
      };
      await handle()(aFinding());
      approve([]);
      expect((await handle()(aFinding())).outcome).to.equal("delayed");
      expect(alerts[1]?.reason).to.match(/other calls would fix it now than alice approved$/);
      expect(alerts[1]?.fixAt).to.equal(alerts[0]?.fixAt);
      pass(minuteMs);
      approve(plan.calls);
      expect((await handle()(aFinding())).outcome).to.equal("fixed");
      expect(alerts[2]?.reason).to.match(/approved by alice: an attack$/);
    });
  });

  describe("when the answer to the fix is lost", () => {
    const lost = () => awsError("TimeoutError", "Request timed out");
    const answering = (...errors: Error[]): CallAws => {
      return async () => {
        const error = errors.shift();
        if (error !== undefined) throw error;
        return {};
      };
    };
    const onlyOnce = (outcome: "already-ok" | "plan") => {
      let looks = 0;
      return remediation({
        plan: async () =>
          looks++ === 0 || outcome === "plan" ? plan : { outcome: "already-ok", reason: "detached" },
      });
    };

    it("stays open if the switch cannot be read before the next attempt", async () => {
      let reads = 0;
      const ceilingOf = async () => {
        // The mode is asked for when the handling begins, at the decision, and before the fix.
        if (++reads > 3)
          throw new Error("unable to read the switch", { cause: awsError("ExpiredTokenException") });
        return undefined;
      };
      const { handle, alerts, table } = prepare({ aws: answering(lost()) });
      const problem = await handle({ ceilingOf })(aFinding()).catch(({ message }: Error) => message);
      expect(problem).to.match(/iam:DetachUserPolicy was not tried again: unable to read the switch/);
      expect([alerts.length, itemOf(table).state?.S]).to.deep.equal([0, "fixing"]);
      expect((await handle()(aFinding())).outcome).to.equal("fixed");
    });

    it("is fixed if the next attempt is rejected and the live state is as planned", async () => {
      const { handle, alerts } = prepare({
        aws: answering(lost(), awsError("AccessDenied")),
        remediations: [onlyOnce("already-ok")],
      });
      const { outcome, reason } = await handle()(aFinding());
      expect(outcome).to.equal("fixed");
      expect(reason).to.match(
        /AccessDenied.*an earlier attempt may have made some of the calls, and the live state is as planned/,
      );
      expect(alerts[0]?.plan?.rollback).to.deep.equal(plan.rollback);
    });

    it("failed, and says that it may have been made, if the live state is not as planned", async () => {
      const { handle } = prepare({
        aws: answering(lost(), awsError("AccessDenied")),
        remediations: [onlyOnce("plan")],
      });
      const { outcome, reason } = await handle()(aFinding());
      expect(outcome).to.equal("failed");
      expect(reason).to.match(/AccessDenied.*an earlier attempt may have made some of the calls$/);
    });
  });

  it("is not taken back by a read that is still under way when the finding is done", async () => {
    const table = aTable();
    const { aws } = fakeAws({ "iam:DetachUserPolicy": {} });
    let looks = 0;
    const pending: (() => void)[] = [];
    const reads = async (calls: CallAws) => {
      const read = (operation: string) =>
        calls({ service: "iam", operation, region: "us-east-1", input: {} });
      // One is refused, which ends the look; the other fails by what may pass, and is tried again after a pause.
      await Promise.all([read("GetUser"), read("ListUserTags")]);
    };
    const { handle, alerts } = prepare(
      {
        remediations: [
          remediation({
            async plan(_finding, calls) {
              if (looks++ > 0) await reads(calls);
              return plan;
            },
          }),
        ],
        aws: async (call) => {
          if (call.operation === "GetUser") throw awsError("AccessDenied");
          if (call.operation === "ListUserTags") throw awsError("ServiceUnavailable");
          return aws(call);
        },
        pause: () => new Promise((resolve) => void pending.push(resolve)),
      },
      table,
    );
    await handle()(aFinding());
    expect(alerts.map(({ outcome }) => outcome)).to.deep.equal(["fixed"]);
    expect(pending, "a read that waits").to.have.length(1);
    pending.forEach((resume) => resume());
    await new Promise(setImmediate);
    expect(itemOf(table).state).to.deep.equal({ S: "done" });
    const locks = Object.entries(table.items).filter(([key]) => key.startsWith("lock#"));
    expect(locks.map(([, { leaseUntil }]) => leaseUntil?.N)).to.deep.equal(["0"]);
  });

  it("keeps questions and answers only if a plan may need them, because they may be private", async () => {
    const keptOf = async (mode: "alert" | "plan") => {
      const { handle, table } = prepare({ settings: someSettings({ mode }) });
      await handle()(aFinding());
      return JSON.parse(itemOf(table).basis?.S ?? "{}").record as Record<string, unknown>;
    };
    expect(await keptOf("alert")).to.have.property("eventName");
    expect(await keptOf("alert")).not.to.have.any.keys("requestParameters", "responseElements");
    expect(await keptOf("plan")).to.have.property("requestParameters");
  });

  for (const [mode, outcome] of [
    ["alert", "alerted"],
    ["plan", "planned"],
  ] as const)
    it(`makes no call in mode ${mode}`, async () => {
      const { handle, alerts, calls } = prepare({ settings: someSettings({ mode }) });
      expect((await handle()(aFinding())).outcome).to.equal(outcome);
      expect(calls).to.have.length(0);
      expect(alerts[0]?.plan).to.deep.equal(mode === "plan" ? plan : undefined);
    });

  it("prefers the mode of the detection to the stack's", async () => {
    const detections = { "iam-admin-policy-attached-user": { mode: "alert" as const } };
    const { handle, calls } = prepare({ settings: someSettings({ detections }) });
    expect((await handle()(aFinding())).outcome).to.equal("alerted");
    expect(calls).to.have.length(0);
  });

  it("refuses to act in an account other than its own", async () => {
    const { handle, alerts, calls } = prepare();
    const handled = await handle()(aFinding({ account: "999988887777" }));
    expect(handled.outcome).to.equal("refused");
    expect(handled.reason).to.match(/account 999988887777/);
    expect(calls).to.have.length(0);
    expect(alerts).to.have.length(1);
  });

  it("judges a call on an own part by what it left, unless it leaves nothing", async () => {
    const changed = (eventName: string) =>
      aFinding(
        { detection: ownPartChanged },
        aRecord({ eventSource: "sqs.amazonaws.com", eventName, eventID: eventName }),
      );
    const differing = (isFirstDeployment: boolean) => ({
      checkOwnParts: async () => ({
        differences: ["queue failures (GetQueueAttributes: {})"],
        isFirstDeployment,
      }),
    });
    const { handle, alerts } = prepare();
    await handle()(changed("SetQueueAttributes"));
    expect(alerts[0]).to.include({ outcome: "alerted", severity: "info" });
    await handle()(changed("PurgeQueue"));
    expect(alerts[1]).to.not.have.property("severity");
    expect(alerts[1]?.reason).to.match(/leaves no state to compare/);
    await handle(differing(false))(changed("RemovePermission"));
    expect(alerts[2]).to.not.have.property("severity");
    expect(alerts[2]?.reason).to.match(/queue failures.*pulumi up --refresh/);
    await handle(differing(true))(changed("AddPermission"));
    expect(alerts[3]).to.include({ outcome: "alerted", severity: "info" });
    expect(alerts[3]?.reason).to.match(/deployed for the first time/);
    // Of which nothing is recorded.
    await handle(differing(true))(changed("StartMessageMoveTask"));
    expect(alerts[4]).to.not.have.property("severity");
  });

  it("alerts, and does not try to keep, a plan that is too large for the table", async () => {
    const calls = Array.from({ length: 2_000 }, (_, index) => ({
      ...detach,
      input: { UserName: `u${index}` },
    }));
    const large = remediation({ plan: async () => ({ ...plan, calls }) });
    const { handle, alerts, calls: made } = prepare({ remediations: [large] });
    const handled = await handle()(aFinding());
    expect(handled.outcome).to.equal("refused");
    expect(handled.reason).to.match(/2000 calls/);
    expect(made).to.have.length(0);
    expect(alerts).to.have.length(1);
  });

  it("only alerts if there is no fix", async () => {
    const { handle } = prepare({ remediations: [] });
    expect(await handle()(aFinding())).to.deep.include({
      outcome: "alerted",
      reason: "this detection has no fix; a person must take the next steps",
    });
  });

  it("refuses what an exception covers, and alerts it with severity info", async () => {
    const exceptions = [{ detection: "*", reason: "onboarding", owner: "ops", until: "2026-12-31" }];
    const { handle, alerts, calls } = prepare({ settings: someSettings({ exceptions }) });
    const handled = await handle()(aFinding());
    expect(handled.outcome).to.equal("refused");
    expect(handled.reason).to.match(/onboarding/);
    expect(alerts[0]?.severity).to.equal("info");
    expect(calls).to.have.length(0);
  });

  it("fixes, and says so, when the tag of an exception is one that the caller may set", async () => {
    const { aws } = fakeAws({
      "iam:ListUserTags": { Tags: [{ Key: "team", Value: "web" }] },
      "iam:SimulatePrincipalPolicy": {
        EvaluationResults: [{ EvalActionName: "iam:TagUser", EvalDecision: "allowed" }],
      },
      "iam:DetachUserPolicy": {},
    });
    const exceptions = [
      { detection: "*", tag: "team=web", reason: "onboarding", owner: "ops", until: "2026-12-31" },
    ];
    const { handle, alerts } = prepare({ aws, settings: someSettings({ exceptions }) });
    expect((await handle()(aFinding())).outcome).to.equal("fixed");
    expect(alerts[0]?.reason).to.include(
      "the tag team=web is ignored: arn:aws:iam::111122223333:user/mallory may set it (iam:TagUser)",
    );
  });

  it("refuses when an exception cannot be evaluated, with the finding's own severity", async () => {
    const exceptions = [{ detection: "*", reason: "onboarding", owner: "ops", until: "" }];
    const { handle, alerts } = prepare({ settings: someSettings({ exceptions }) });
    expect((await handle()(aFinding())).outcome).to.equal("refused");
    expect(alerts[0]?.severity).to.equal(undefined);
  });

  it("refuses what is too old", async () => {
    const { handle, pass, calls } = prepare();
    pass(61 * 60_000);
    expect((await handle()(aFinding())).reason).to.match(/62 minutes ago/);
    expect(calls).to.have.length(0);
  });

  describe("a change by infrastructure as code", () => {
    const pipeline = "arn:aws:iam::111122223333:role/deploy";
    const automation = ["arn:aws:iam::*:role/deploy"];
    const context = { ...someSettings().context, automation };
    const cases = [
      { actor: { invokedBy: "cloudformation.amazonaws.com" }, advice: /fix the template/ },
      {
        actor: {
          arn: "arn:aws:sts::111122223333:assumed-role/deploy/run-7",
          role: { name: "deploy", arn: pipeline },
        },
        advice: /role\/deploy, which is configured as automation, made the call: fix its source/,
      },
    ];
    for (const { actor, advice } of cases) {
      const finding = aFinding({}, aRecord(), actor);

      it(`is left to its source: ${advice.source}`, async () => {
        const { handle, alerts, calls } = prepare({ settings: someSettings({ context }) });
        expect((await handle()(finding)).reason).to.match(advice);
        expect(alerts[0]?.severity, "as severe as by anybody").to.equal(undefined);
        expect(calls).to.have.length(0);
      });

      it(`is fixed where the stack says so: ${advice.source}`, async () => {
        const { handle } = prepare({ settings: someSettings({ context, fixAutomation: true }) });
        expect((await handle()(finding)).outcome).to.equal("fixed");
      });
    }
  });

  describe("the switch", () => {
    const ceiling = (mode: SwitchMode): Partial<HandleDependencies> => ({
      ceilingOf: async () => ({ mode, by: "arn:alice", why: "drill", at: "2026-05-04T09:00:00Z" }),
    });

    for (const [mode, outcome] of [
      ["alert", "alerted"],
      ["plan", "planned"],
    ] as const)
      it(`lowers the mode to ${mode}, and the alert says who threw it and why`, async () => {
        const { handle, alerts, calls } = prepare(ceiling(mode));
        const reason = `the kill switch is at ${mode}, set by arn:alice: drill`;
        expect(await handle()(aFinding())).to.deep.include({ outcome, reason });
        expect(alerts[0]?.reason).to.equal(reason);
        expect(calls).to.have.length(0);
      });

    it("cannot raise what the stack's configuration allows", async () => {
      const { handle, calls } = prepare({ ...ceiling("fix"), settings: someSettings({ mode: "alert" }) });
      expect(await handle()(aFinding())).to.deep.include({ outcome: "alerted" });
      expect(calls).to.have.length(0);
    });

    it("stops a fix whose plan was made before it was thrown", async () => {
      let asked = 0;
      const thrown = { mode: "plan" as const, by: "arn:alice", why: "stop", at: "2026-05-04T10:01:00Z" };
      const { handle, alerts, calls } = prepare({
        ceilingOf: async () => (++asked > 2 ? thrown : undefined),
      });
      expect((await handle()(aFinding())).reason).to.equal(
        "the kill switch is at plan, set by arn:alice: stop",
      );
      expect(alerts[0]?.plan, "to carry out by hand").to.deep.equal(plan);
      expect(calls).to.have.length(0);
    });

    it("stops a fix that a dead invocation began, and says that it may be half done", async () => {
      const world = prepare();
      void world.handle({ aws: () => new Promise(() => {}) })(aFinding());
      await new Promise((resolve) => setImmediate(resolve));
      world.pass(46_000);
      const handled = await world.handle(ceiling("alert"))(aFinding());
      expect(handled.outcome).to.equal("refused");
      expect(handled.reason).to.match(/an earlier attempt may have made some of the calls/);
      expect(world.calls).to.have.length(0);
    });
  });

  describe("a remediation loop", () => {
    const again = (minutes: number, name = "mallory", severity: Severity = "high") =>
      aFinding(
        { severity },
        aRecord({
          eventID: `${name} after ${minutes}`,
          eventTime: new Date(aMinuteLater + minutes * 60_000 - 30_000).toISOString(),
        }),
        { name, arn: `arn:aws:iam::111122223333:user/${name}` },
      );

    it("ends after two rounds: no third fix, one severity more, and the plan for a person", async () => {
      const { handle, alerts, calls, pass } = prepare();
      const outcomes: string[] = [];
      for (const minutes of [0, 10, 20, 30]) {
        outcomes.push((await handle()(again(minutes))).outcome);
        pass(10 * 60_000);
      }
      expect(outcomes).to.deep.equal(["fixed", "fixed", "refused", "refused"]);
      expect(calls).to.have.length(2);
      expect(alerts.map(({ severity }) => severity)).to.deep.equal([
        undefined,
        undefined,
        "critical",
        "critical",
      ]);
      expect(alerts[2]).to.deep.include({
        plan,
        reason: "mallory did this again after 2 fixes: a person must end this remediation loop",
      });
    });

    it("has no severity above critical", async () => {
      const { handle, alerts, pass } = prepare();
      for (const minutes of [0, 10, 20]) {
        await handle()(again(minutes, "mallory", "critical"));
        pass(10 * 60_000);
      }
      expect(alerts[2]?.severity).to.equal("critical");
    });

    it("is not another one's", async () => {
      const { handle, pass } = prepare();
      const outcomes: string[] = [];
      for (const [minutes, name] of [
        [0, "mallory"],
        [10, "mallory"],
        [20, "oscar"],
      ] as const) {
        outcomes.push((await handle()(again(minutes, name))).outcome);
        pass(10 * 60_000);
      }
      expect(outcomes).to.deep.equal(["fixed", "fixed", "fixed"]);
    });
  });

  for (const outcome of ["already-ok", "changed-since", "needs-baseline", "refused"] as const)
    it(`says ${outcome} when the live state does`, async () => {
      const { handle, calls } = prepare({
        remediations: [remediation({ plan: async () => ({ outcome, reason: "so it is" }) })],
      });
      expect(await handle()(aFinding())).to.deep.include({ outcome, reason: "so it is" });
      expect(calls).to.have.length(0);
    });

  it("fails, and reports the missing action, if the live state may not be read", async () => {
    const denied = awsError("AccessDenied", "not authorized to perform: iam:ListAttachedUserPolicies");
    const { handle, alerts } = prepare({
      remediations: [remediation({ plan: () => Promise.reject(denied) })],
    });
    expect((await handle()(aFinding())).outcome).to.equal("failed");
    expect(alerts[0]?.reason).to.equal(
      "unable to read the live state: AccessDenied: not authorized to perform: iam:ListAttachedUserPolicies",
    );
  });

  it("fails, and reports which call it was and what was done before, if a call is denied", async () => {
    const calls = [detach, { ...detach, operation: "DeleteUserPolicy" }];
    const { aws } = fakeAws({
      "iam:DetachUserPolicy": {},
      "iam:DeleteUserPolicy": () => {
        throw awsError("AccessDenied", "no");
      },
    });
    const { handle } = prepare({
      aws,
      remediations: [remediation({ plan: async () => ({ ...plan, calls }) })],
    });
    expect((await handle()(aFinding())).reason).to.equal(
      "unable to iam:DeleteUserPolicy, after 1 of the 2 calls: AccessDenied: no " +
        "(AWS does not say which action is missing; docs/permissions.md lists those of each detection)",
    );
  });

  describe("what is busy", () => {
    const busy = () => {
      throw awsError("EntityTemporarilyUnmodifiableException", "wait");
    };

    it("is retried, and its lease outlasts the retries", async () => {
      let asked = 0;
      const { aws } = fakeAws({ "iam:DetachUserPolicy": () => (++asked < 9 ? busy() : {}) });
      const { handle, table, pass } = prepare({ aws });
      const leases: number[] = [];
      const pause = async (ms: number) => {
        pass(ms);
        leases.push(Number(itemOf(table).leaseUntil?.N ?? 0) - aMinuteLater);
      };
      expect((await handle({ pause })(aFinding())).outcome).to.equal("fixed");
      expect(leases.at(-1), "renewed").to.be.greaterThan(Number(leases[0]));
    });

    it("fails in the end, with time left to alert", async () => {
      const { aws } = fakeAws({ "iam:DetachUserPolicy": busy });
      let left = 60_000;
      const { handle, alerts, pass } = prepare({ aws, remaining: () => left });
      const pause = async (ms: number) => {
        pass(ms);
        left -= ms;
      };
      const handled = await handle({ pause })(aFinding());
      expect(handled.outcome).to.equal("failed");
      expect(handled.reason).to.match(
        /EntityTemporarilyUnmodifiableException: wait \(tried \d+ times in \d\d s/,
      );
      expect(left).to.be.at.least(15_000);
      expect(alerts).to.have.length(1);
    });

    it("is left when somebody throws the switch in the meantime", async () => {
      const { aws, calls } = fakeAws({ "iam:DetachUserPolicy": busy });
      const thrown = { mode: "plan" as const, by: "arn:alice", why: "stop", at: "2026-05-04T10:01:00Z" };
      const { handle } = prepare({ aws, ceilingOf: async () => (calls.length > 0 ? thrown : undefined) });
      const handled = await handle()(aFinding());
      expect(handled.outcome).to.equal("failed");
      expect(handled.reason).to.match(/not tried again: the kill switch is at plan, set by arn:alice: stop/);
      expect(calls).to.have.length(1);
    });

    it("is waited for when the live state is read, too", async () => {
      let asked = 0;
      const { aws } = fakeAws({
        "iam:ListAttachedUserPolicies": () => {
          if (++asked < 3) throw awsError("Throttling", "slow down");
          return {};
        },
        "iam:DetachUserPolicy": {},
      });
      const list = { ...detach, operation: "ListAttachedUserPolicies" };
      const { handle } = prepare({
        aws,
        remediations: [
          remediation({
            plan: async (_, read) => {
              await read(list);
              return plan;
            },
          }),
        ],
      });
      expect((await handle()(aFinding())).outcome).to.equal("fixed");
      expect(asked).to.be.at.least(3);
    });
  });

  it("says already-ok if somebody else reverted it between planning and the fix", async () => {
    const { aws } = fakeAws({
      "iam:DetachUserPolicy": () => {
        throw awsError("NoSuchEntity");
      },
    });
    const { handle } = prepare({ aws });
    expect((await handle()(aFinding())).outcome).to.equal("already-ok");
  });

  it("opens the account's breaker after enough fixes by all detections together", async () => {
    const settings = someSettings({ maxFixesPerHourOfAccount: 1 });
    const another = { ...aDetection(), id: "iam-admin-policy-attached-group" };
    const remediations = [remediation(), remediation({ id: another.id })];
    const { handle, opened } = prepare({ settings, remediations });
    expect((await handle()(aFinding())).outcome).to.equal("fixed");
    const refused = await handle()(aFinding({ detection: another }));
    expect(refused.reason).to.equal("the breaker is open: 1 fixes in this account within an hour");
    expect(opened).to.deep.equal(["the account"]);
  });

  it("opens the breaker after enough fixes, reports that once, and keeps alerting", async () => {
    const { handle, alerts, opened, calls } = prepare({ settings: someSettings({ maxFixesPerHour: 2 }) });
    const outcomes: string[] = [];
    for (const eventID of ["a", "b", "c", "d"])
      outcomes.push((await handle()(aFinding({}, aRecord({ eventID })))).outcome);
    expect(outcomes).to.deep.equal(["fixed", "fixed", "refused", "refused"]);
    expect(opened).to.deep.equal(["iam-admin-policy-attached-user"]);
    expect(calls).to.have.length(2);
    expect(alerts).to.have.length(4);
    expect(alerts[3]?.plan, "the plan to carry out by hand").to.deep.equal(plan);
  });

  it("fixes and alerts once when twenty deliveries arrive at once", async () => {
    // Nineteen that wait concurrently do not take nineteen seconds.
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    const { handle, alerts, calls } = prepare({ pause });
    const all = await Promise.all(Array.from({ length: 20 }, () => handle()(aFinding())));
    expect(all.filter(({ outcome }) => outcome === "fixed")).to.have.length(1);
    expect(all.filter(({ outcome }) => outcome === "duplicate")).to.have.length(19);
    expect(calls).to.have.length(1);
    expect(alerts).to.have.length(1);
  });

  it("gives up with an error, so that Lambda tries again, if it cannot wait any longer for another", async () => {
    const table = aTable({
      [aFinding().id]: {
        id: { S: aFinding().id },
        state: { S: "claimed" },
        owner: { S: "another" },
        leaseUntil: { N: String(aMinuteLater + 45_000) },
      },
    });
    const { handle } = prepare({ remaining: () => 2_500 }, table);
    const error = await handle()(aFinding()).catch((reason: Error) => reason);
    expect(String(error)).to.match(/is still locked by another invocation/);
  });

  describe("a rollback by a person", () => {
    const token = "11111111-2222-4333-8444-555555555555";
    const permit = {
      finding: "earlier#iam-admin-policy-attached-user",
      by: "arn:aws:iam::111122223333:user/mallory",
      why: "it was planned",
      account: "111122223333",
      resources: ["bob"],
      calls: [attach],
    };
    const undoing = (own: Partial<typeof permit> = {}) => {
      const world = prepare();
      world.table.items[rollbackKey(token)] = attributesOfPermit({ ...permit, ...own }, aMinuteLater);
      const record = aRecord({ userAgent: `aws-sdk-js/3 cloudtrailer-rollback/${token}` });
      return world.handle()(aFinding({}, record));
    };

    it("is left alone", async () => {
      expect(await undoing()).to.deep.include({
        outcome: "refused",
        reason: `${permit.by} is rolling back the fix of ${permit.finding}: it was planned`,
      });
    });

    it("is not, if somebody else uses its token, or uses it for something else", async () => {
      expect((await undoing({ by: "arn:aws:iam::111122223333:user/alice" })).outcome).to.equal("fixed");
      expect((await undoing({ resources: ["carol"], calls: [] })).outcome).to.equal("fixed");
    });
  });

  describe("after a crash", () => {
    /** Runs an invocation that dies at the given step, then the retry. */
    async function dyingAt(
      step: "decide" | "call" | "called" | "alert",
      own: Partial<HandleDependencies> = {},
    ) {
      const made: string[] = [];
      const world = prepare({
        aws: async (call) => {
          made.push(call.operation);
          return {};
        },
        ...own,
      });
      const first: Partial<HandleDependencies> =
        step === "decide"
          ? { remediations: [remediation({ plan: () => new Promise(() => {}) })] }
          : step === "alert"
            ? { alert: () => new Promise(() => {}) }
            : {
                aws: (call) => {
                  if (step === "called") made.push(call.operation);
                  return new Promise(() => {});
                },
              };
      const lost = world.handle(first)(aFinding());
      // The dead one never returns; everything it could do before its step is done after one turn of the event loop.
      await Promise.race([lost, new Promise((resolve) => setImmediate(resolve))]);
      world.pass(46_000);
      return { ...world, made, handled: await world.handle()(aFinding()) };
    }

    it("does not carry out an outdated plan, when the notification comes back days later", async () => {
      const dead = () => new Promise<Record<string, unknown>>(() => {});
      const { handle, alerts, calls, pass } = prepare();
      void handle({ aws: dead })(aFinding());
      await new Promise((resolve) => setImmediate(resolve));
      pass(2 * 86_400_000);
      const handled = await handle()(aFinding());
      expect(handled.outcome).to.equal("refused");
      expect(handled.reason).to.match(/2881 minutes ago.*an earlier attempt may have made some of the calls/);
      expect(calls).to.have.length(0);
      expect(alerts[0]?.plan).to.deep.equal(plan);
    });

    for (const step of ["decide", "call", "called", "alert"] as const)
      it(`goes on at the missing step when it died at: ${step}`, async () => {
        const { handled, alerts, table, made } = await dyingAt(step);
        expect(handled.outcome).to.equal("fixed");
        expect(alerts).to.have.length(1);
        expect(alerts[0]?.plan?.rollback, "the receipt").to.deep.equal([attach]);
        expect(itemOf(table).state).to.deep.equal({ S: "done" });
        expect(made.length).to.equal(step === "called" ? 2 : 1);
      });

    it("recognizes the work of its dead predecessor when AWS says that it is done", async () => {
      let done = false;
      const { handle, pass } = prepare();
      const once = async () => {
        if (done) throw awsError("NoSuchEntity");
        done = true;
        return new Promise<never>(() => {});
      };
      void handle({ aws: once })(aFinding());
      await new Promise((resolve) => setImmediate(resolve));
      pass(46_000);
      expect((await handle({ aws: once })(aFinding())).outcome).to.equal("fixed");
    });
  });
});
