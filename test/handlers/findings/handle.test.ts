import { expect } from "chai";
import type { AlertFacts } from "../../../handlers/alerts/alert";
import { createHandle, type HandleDependencies } from "../../../handlers/findings/handle";
import type { Remediation } from "../../../handlers/remediations/remediation";
import type { Mode, Severity } from "../../../handlers/settings";
import {
  aDetection,
  aFinding,
  aMinuteLater,
  aRecord,
  awsError,
  fakeAws,
  someSettings,
} from "../../support/factories";
import {
  aMemoryTable,
  createMemoryRemediationLoops,
  createMemoryStore,
  type MemoryTable,
} from "../../support/memory-store";

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
  function prepare(own: Partial<HandleDependencies> = {}, table: MemoryTable = aMemoryTable()) {
    const told: AlertFacts[] = [];
    const opened: string[] = [];
    const { aws, calls } = fakeAws({ "iam:DetachUserPolicy": {} });
    let clock = aMinuteLater;
    let invocations = 0;
    const settle = (more: Partial<HandleDependencies> = {}) =>
      createHandle({
        settings: someSettings(),
        remediations: [remediation()],
        aws,
        store: createMemoryStore(table, `invocation ${++invocations}`, () => clock),
        tell: async (facts) => void told.push(facts),
        baselineBefore: async () => undefined,
        ceilingOf: async () => undefined,
        loops: createMemoryRemediationLoops(table, () => clock),
        alertOpened: async ({ detection = "the account" }) => void opened.push(detection),
        now: () => clock,
        pause: async (ms) => {
          clock += ms;
        },
        remaining: () => 120_000,
        ...own,
        ...more,
      });
    return { settle, told, opened, calls, table, pass: (ms: number) => (clock += ms) };
  }

  it("fixes, keeps the receipt, and tells once", async () => {
    const { settle, told, calls, table } = prepare();
    const settled = await settle()(aFinding());
    expect(settled.outcome).to.equal("fixed");
    expect(calls.map((call) => call.operation)).to.deep.equal(["DetachUserPolicy"]);
    expect(told).to.have.length(1);
    expect(told[0]).to.deep.include({ outcome: "fixed", plan });
    expect(table.items[aFinding().id]).to.deep.include({ state: "told", outcome: "fixed", plan });
  });

  for (const [mode, outcome] of [
    ["alert", "alerted"],
    ["plan", "planned"],
  ] as const)
    it(`makes no call in mode ${mode}`, async () => {
      const { settle, told, calls } = prepare({ settings: someSettings({ mode }) });
      expect((await settle()(aFinding())).outcome).to.equal(outcome);
      expect(calls).to.have.length(0);
      expect(told[0]?.plan).to.deep.equal(mode === "plan" ? plan : undefined);
    });

  it("follows the mode of the detection before the stack's", async () => {
    const detections = { "iam-admin-policy-attached-user": { mode: "alert" as const } };
    const { settle, calls } = prepare({ settings: someSettings({ detections }) });
    expect((await settle()(aFinding())).outcome).to.equal("alerted");
    expect(calls).to.have.length(0);
  });

  it("refuses to act in an account that is not the one in which it is", async () => {
    const { settle, told, calls } = prepare();
    const settled = await settle()(aFinding({ account: "999988887777" }));
    expect(settled.outcome).to.equal("refused");
    expect(settled.reason).to.match(/the account 999988887777/);
    expect(calls).to.have.length(0);
    expect(told).to.have.length(1);
  });

  it("tells, and does not try to keep, a plan that is too large for the table", async () => {
    const calls = Array.from({ length: 2_000 }, (_, index) => ({
      ...detach,
      input: { UserName: `u${index}` },
    }));
    const large = remediation({ plan: async () => ({ ...plan, calls }) });
    const { settle, told, calls: made } = prepare({ remediations: [large] });
    const settled = await settle()(aFinding());
    expect(settled.outcome).to.equal("refused");
    expect(settled.reason).to.match(/2000 calls/);
    expect(made).to.have.length(0);
    expect(told).to.have.length(1);
  });

  it("only tells what nothing undoes", async () => {
    const { settle } = prepare({ remediations: [] });
    expect(await settle()(aFinding())).to.deep.include({
      outcome: "alerted",
      reason: "there is no fix for this detection: the next steps are for a person",
    });
  });

  it("refuses what an exception lets pass, and tells it with severity info", async () => {
    const exceptions = [{ detection: "*", reason: "onboarding", owner: "ops", until: "2026-12-31" }];
    const { settle, told, calls } = prepare({ settings: someSettings({ exceptions }) });
    const settled = await settle()(aFinding());
    expect(settled.outcome).to.equal("refused");
    expect(settled.reason).to.match(/onboarding/);
    expect(told[0]?.severity).to.equal("info");
    expect(calls).to.have.length(0);
  });

  it("fixes, and says so, when the tag of an exception is one that who called may set", async () => {
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
    const { settle, told } = prepare({ aws, settings: someSettings({ exceptions }) });
    expect((await settle()(aFinding())).outcome).to.equal("fixed");
    expect(told[0]?.reason).to.equal(
      "the tag team=web does not count: arn:aws:iam::111122223333:user/mallory may set it (iam:TagUser)",
    );
  });

  it("refuses when an exception cannot be evaluated, with the finding's own severity", async () => {
    const exceptions = [{ detection: "*", reason: "onboarding", owner: "ops", until: "" }];
    const { settle, told } = prepare({ settings: someSettings({ exceptions }) });
    expect((await settle()(aFinding())).outcome).to.equal("refused");
    expect(told[0]?.severity).to.equal(undefined);
  });

  it("refuses what is too old", async () => {
    const { settle, pass, calls } = prepare();
    pass(61 * 60_000);
    expect((await settle()(aFinding())).reason).to.match(/62 minutes ago/);
    expect(calls).to.have.length(0);
  });

  describe("what infrastructure as code did", () => {
    const pipeline = "arn:aws:iam::111122223333:role/deploy";
    const automation = ["arn:aws:iam::*:role/deploy"];
    const context = { ...someSettings().context, automation };
    const cases = [
      { actor: { invokedBy: "cloudformation.amazonaws.com" }, advice: /mend the template/ },
      {
        actor: {
          arn: "arn:aws:sts::111122223333:assumed-role/deploy/run-7",
          role: { name: "deploy", arn: pipeline },
        },
        advice: /role\/deploy, which is named as automation, made the call: mend its source/,
      },
    ];
    for (const { actor, advice } of cases) {
      const finding = aFinding({}, aRecord(), actor);

      it(`is left to its source: ${advice.source}`, async () => {
        const { settle, told, calls } = prepare({ settings: someSettings({ context }) });
        expect((await settle()(finding)).reason).to.match(advice);
        expect(told[0]?.severity, "as severe as by anybody").to.equal(undefined);
        expect(calls).to.have.length(0);
      });

      it(`is undone where the stack says so: ${advice.source}`, async () => {
        const { settle } = prepare({ settings: someSettings({ context, fixAutomation: true }) });
        expect((await settle()(finding)).outcome).to.equal("fixed");
      });
    }
  });

  describe("the switch", () => {
    const ceiling = (mode: Mode): Partial<HandleDependencies> => ({
      ceilingOf: async () => ({ mode, by: "arn:alice", why: "drill", at: "2026-05-04T09:00:00Z" }),
    });

    for (const [mode, outcome] of [
      ["alert", "alerted"],
      ["plan", "planned"],
    ] as const)
      it(`lowers the mode to ${mode}, and the alert says who threw it and why`, async () => {
        const { settle, told, calls } = prepare(ceiling(mode));
        const reason = `the switch stands at ${mode}, set by arn:alice: drill`;
        expect(await settle()(aFinding())).to.deep.include({ outcome, reason });
        expect(told[0]?.reason).to.equal(reason);
        expect(calls).to.have.length(0);
      });

    it("at off, neither keeps nor tells anything", async () => {
      const { settle, told, table } = prepare(ceiling("off"));
      expect((await settle()(aFinding())).outcome).to.equal("off");
      expect(told).to.have.length(0);
      expect(table.items).to.deep.equal({});
    });

    it("cannot raise what the stack's configuration allows", async () => {
      const { settle, calls } = prepare({ ...ceiling("fix"), settings: someSettings({ mode: "alert" }) });
      expect(await settle()(aFinding())).to.deep.include({ outcome: "alerted" });
      expect(calls).to.have.length(0);
    });

    it("stops a fix whose plan was made before it was thrown", async () => {
      let asked = 0;
      const thrown = { mode: "plan" as const, by: "arn:alice", why: "stop", at: "2026-05-04T10:01:00Z" };
      const { settle, told, calls } = prepare({
        ceilingOf: async () => (++asked > 2 ? thrown : undefined),
      });
      expect((await settle()(aFinding())).reason).to.equal(
        "the switch stands at plan, set by arn:alice: stop",
      );
      expect(told[0]?.plan, "to carry out by hand").to.deep.equal(plan);
      expect(calls).to.have.length(0);
    });

    it("stops a fix that a dead invocation began, and says that it may have been half done", async () => {
      const world = prepare();
      void world.settle({ aws: () => new Promise(() => {}) })(aFinding());
      await new Promise((resolve) => setImmediate(resolve));
      world.pass(46_000);
      const settled = await world.settle(ceiling("alert"))(aFinding());
      expect(settled.outcome).to.equal("refused");
      expect(settled.reason).to.match(/an earlier try may have made some of the calls/);
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
        { name },
      );

    it("ends after two rounds: no third fix, one severity more, and the plan for a person", async () => {
      const { settle, told, calls, pass } = prepare();
      const outcomes: string[] = [];
      for (const minutes of [0, 10, 20, 30]) {
        outcomes.push((await settle()(again(minutes))).outcome);
        pass(10 * 60_000);
      }
      expect(outcomes).to.deep.equal(["fixed", "fixed", "refused", "refused"]);
      expect(calls).to.have.length(2);
      expect(told.map(({ severity }) => severity)).to.deep.equal([
        undefined,
        undefined,
        "critical",
        "critical",
      ]);
      expect(told[2]).to.deep.include({
        plan,
        reason: "mallory did this again after it was undone 2 times: it takes a person to end that",
      });
    });

    it("has no severity above critical", async () => {
      const { settle, told, pass } = prepare();
      for (const minutes of [0, 10, 20]) {
        await settle()(again(minutes, "mallory", "critical"));
        pass(10 * 60_000);
      }
      expect(told[2]?.severity).to.equal("critical");
    });

    it("is not another one's", async () => {
      const { settle, pass } = prepare();
      const outcomes: string[] = [];
      for (const [minutes, name] of [
        [0, "mallory"],
        [10, "mallory"],
        [20, "oscar"],
      ] as const) {
        outcomes.push((await settle()(again(minutes, name))).outcome);
        pass(10 * 60_000);
      }
      expect(outcomes).to.deep.equal(["fixed", "fixed", "fixed"]);
    });
  });

  for (const outcome of ["already-ok", "changed-since", "needs-baseline", "refused"] as const)
    it(`says ${outcome} when the live state does`, async () => {
      const { settle, calls } = prepare({
        remediations: [remediation({ plan: async () => ({ outcome, reason: "so it is" }) })],
      });
      expect(await settle()(aFinding())).to.deep.include({ outcome, reason: "so it is" });
      expect(calls).to.have.length(0);
    });

  it("fails, and tells the missing action, when the live state may not be read", async () => {
    const denied = awsError("AccessDenied", "not authorized to perform: iam:ListAttachedUserPolicies");
    const { settle, told } = prepare({ remediations: [remediation({ plan: () => Promise.reject(denied) })] });
    expect((await settle()(aFinding())).outcome).to.equal("failed");
    expect(told[0]?.reason).to.equal(
      "unable to read the live state: AccessDenied: not authorized to perform: iam:ListAttachedUserPolicies",
    );
  });

  it("fails, and tells which call it was and what was done before, when a call is refused", async () => {
    const calls = [detach, { ...detach, operation: "DeleteUserPolicy" }];
    const { aws } = fakeAws({
      "iam:DetachUserPolicy": {},
      "iam:DeleteUserPolicy": () => {
        throw awsError("AccessDenied", "no");
      },
    });
    const { settle } = prepare({
      aws,
      remediations: [remediation({ plan: async () => ({ ...plan, calls }) })],
    });
    expect((await settle()(aFinding())).reason).to.equal(
      "unable to iam:DeleteUserPolicy, after 1 of the 2 calls: AccessDenied: no " +
        "(AWS does not say which action is missing; docs/permissions.md has those of each detection)",
    );
  });

  describe("what is busy", () => {
    const busy = () => {
      throw awsError("EntityTemporarilyUnmodifiableException", "wait");
    };

    it("is tried again, and its lease outlasts the retries", async () => {
      let asked = 0;
      const { aws } = fakeAws({ "iam:DetachUserPolicy": () => (++asked < 9 ? busy() : {}) });
      const { settle, table, pass } = prepare({ aws });
      const leases: number[] = [];
      const pause = async (ms: number) => {
        pass(ms);
        leases.push((table.items[aFinding().id]?.leaseUntil ?? 0) - aMinuteLater);
      };
      expect((await settle({ pause })(aFinding())).outcome).to.equal("fixed");
      expect(leases.at(-1), "renewed").to.be.greaterThan(Number(leases[0]));
    });

    it("is failed in the end, with time left to tell it", async () => {
      const { aws } = fakeAws({ "iam:DetachUserPolicy": busy });
      let left = 60_000;
      const { settle, told, pass } = prepare({ aws, remaining: () => left });
      const pause = async (ms: number) => {
        pass(ms);
        left -= ms;
      };
      const settled = await settle({ pause })(aFinding());
      expect(settled.outcome).to.equal("failed");
      expect(settled.reason).to.match(
        /EntityTemporarilyUnmodifiableException: wait \(it stayed so for \d\d s/,
      );
      expect(left).to.be.at.least(15_000);
      expect(told).to.have.length(1);
    });

    it("is left when somebody throws the switch in the meantime", async () => {
      const { aws, calls } = fakeAws({ "iam:DetachUserPolicy": busy });
      const thrown = { mode: "plan" as const, by: "arn:alice", why: "stop", at: "2026-05-04T10:01:00Z" };
      const { settle } = prepare({ aws, ceilingOf: async () => (calls.length > 0 ? thrown : undefined) });
      const settled = await settle()(aFinding());
      expect(settled.outcome).to.equal("failed");
      expect(settled.reason).to.match(/not tried again: the switch stands at plan, set by arn:alice: stop/);
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
      const { settle } = prepare({
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
      expect((await settle()(aFinding())).outcome).to.equal("fixed");
      expect(asked).to.equal(3);
    });
  });

  it("says already-ok when somebody else undid it between the look and the fix", async () => {
    const { aws } = fakeAws({
      "iam:DetachUserPolicy": () => {
        throw awsError("NoSuchEntity");
      },
    });
    const { settle } = prepare({ aws });
    expect((await settle()(aFinding())).outcome).to.equal("already-ok");
  });

  it("opens the account's breaker after so many fixes by all detections together", async () => {
    const settings = someSettings({ maxFixesPerHourOfAccount: 1 });
    const another = { ...aDetection(), id: "iam-admin-policy-attached-group" };
    const remediations = [remediation(), remediation({ id: another.id })];
    const { settle, opened } = prepare({ settings, remediations });
    expect((await settle()(aFinding())).outcome).to.equal("fixed");
    const refused = await settle()(aFinding({ detection: another }));
    expect(refused.reason).to.equal("the breaker is open: 1 fixes in this account within an hour");
    expect(opened).to.deep.equal(["the account"]);
  });

  it("opens the breaker after so many fixes, tells that once, and goes on telling", async () => {
    const { settle, told, opened, calls } = prepare({ settings: someSettings({ maxFixesPerHour: 2 }) });
    const outcomes: string[] = [];
    for (const eventID of ["a", "b", "c", "d"])
      outcomes.push((await settle()(aFinding({}, aRecord({ eventID })))).outcome);
    expect(outcomes).to.deep.equal(["fixed", "fixed", "refused", "refused"]);
    expect(opened).to.deep.equal(["iam-admin-policy-attached-user"]);
    expect(calls).to.have.length(2);
    expect(told).to.have.length(4);
    expect(told[3]?.plan, "the plan to carry out by hand").to.deep.equal(plan);
  });

  it("fixes and tells once when twenty deliveries come at once", async () => {
    // Nineteen that wait at the same time are no nineteen seconds.
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    const { settle, told, calls } = prepare({ pause });
    const all = await Promise.all(Array.from({ length: 20 }, () => settle()(aFinding())));
    expect(all.filter(({ outcome }) => outcome === "fixed")).to.have.length(1);
    expect(all.filter(({ outcome }) => outcome === "duplicate")).to.have.length(19);
    expect(calls).to.have.length(1);
    expect(told).to.have.length(1);
  });

  it("gives up with an error, so that Lambda tries again, when it cannot wait any longer for another", async () => {
    const table = aMemoryTable();
    table.items[aFinding().id] = { state: "claimed", owner: "another", leaseUntil: aMinuteLater + 45_000 };
    const { settle } = prepare({ remaining: () => 2_500 }, table);
    const error = await settle()(aFinding()).catch((reason: Error) => reason);
    expect(String(error)).to.match(/held by another invocation/);
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
      world.table.permits[token] = { ...permit, ...own };
      const record = aRecord({ userAgent: `aws-sdk-js/3 cloudtrailer-rollback/${token}` });
      return world.settle()(aFinding({}, record));
    };

    it("is left alone", async () => {
      expect(await undoing()).to.deep.include({
        outcome: "refused",
        reason: `${permit.by} takes the fix of ${permit.finding} back: it was planned`,
      });
    });

    it("is not, when somebody else uses its token, or for something else", async () => {
      expect((await undoing({ by: "arn:aws:iam::111122223333:user/alice" })).outcome).to.equal("fixed");
      expect((await undoing({ resources: ["carol"], calls: [] })).outcome).to.equal("fixed");
    });
  });

  describe("after a crash", () => {
    /** Runs an invocation that dies at the given step, then the retry. */
    async function dyingAt(
      step: "decide" | "call" | "called" | "tell",
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
          : step === "tell"
            ? { tell: () => new Promise(() => {}) }
            : {
                aws: (call) => {
                  if (step === "called") made.push(call.operation);
                  return new Promise(() => {});
                },
              };
      const lost = world.settle(first)(aFinding());
      // The dead one never comes back; everything that it could do before its step is done when the loop has turned.
      await Promise.race([lost, new Promise((resolve) => setImmediate(resolve))]);
      world.pass(46_000);
      return { ...world, made, settled: await world.settle()(aFinding()) };
    }

    it("does not carry out a plan of another time, when the notification comes back days later", async () => {
      const dead = () => new Promise<Record<string, unknown>>(() => {});
      const { settle, told, calls, pass } = prepare();
      void settle({ aws: dead })(aFinding());
      await new Promise((resolve) => setImmediate(resolve));
      pass(2 * 86_400_000);
      const settled = await settle()(aFinding());
      expect(settled.outcome).to.equal("refused");
      expect(settled.reason).to.match(/2881 minutes ago.*an earlier try may have made some of the calls/);
      expect(calls).to.have.length(0);
      expect(told[0]?.plan).to.deep.equal(plan);
    });

    for (const step of ["decide", "call", "called", "tell"] as const)
      it(`goes on at the missing step when it died at: ${step}`, async () => {
        const { settled, told, table, made } = await dyingAt(step);
        expect(settled.outcome).to.equal("fixed");
        expect(told).to.have.length(1);
        expect(told[0]?.plan?.rollback, "the receipt").to.deep.equal([attach]);
        expect(table.items[aFinding().id]?.state).to.equal("told");
        expect(made.length).to.equal(step === "called" ? 2 : 1);
      });

    it("takes what its dead predecessor did for its own when AWS says that it is done", async () => {
      let done = false;
      const { settle, pass } = prepare();
      const once = async () => {
        if (done) throw awsError("NoSuchEntity");
        done = true;
        return new Promise<never>(() => {});
      };
      void settle({ aws: once })(aFinding());
      await new Promise((resolve) => setImmediate(resolve));
      pass(46_000);
      expect((await settle({ aws: once })(aFinding())).outcome).to.equal("fixed");
    });
  });
});
