import { expect } from "chai";
import type { Difference } from "../../handlers/alerts/summaries";
import type { KeptAll } from "../../handlers/baselines/keep-all";
import type { DigestProblem } from "../../handlers/cloudtrail/digest-chain";
import { createLog } from "../../handlers/log";
import { createOnSchedule } from "../../handlers/on-schedule";
import type { FastPath } from "../../handlers/settings";
import { aMinuteLater } from "../support/factories";

describe("the schedule", () => {
  const difference: Difference = {
    part: "trail",
    by: "GetTrail",
    declared: "{}",
    found: "(none)",
    means: "from now on attacks may go unseen",
    repair: "pulumi up --refresh",
  };
  const kept: KeptAll = { regions: [], kinds: {}, problems: [], notReached: {}, notThere: {} } as never;

  const aProblem: DigestProblem = { kind: "digest-overdue", region: "us-west-2", text: "no digest has come" };

  interface Members {
    members: string[];
    /** The one that the event names. */
    member?: string;
    /** The member with whose rules and digests something is wrong, and one that does not say. */
    faulty?: string;
    silent?: string;
    refused?: string;
  }

  async function run(
    at: "schedule" | "deployment",
    found: Difference[] | Error,
    isRecorded = true,
    { members, member, refused, faulty, silent }: Members = { members: [] },
    summaries: { published: number; errors: string[] } = { published: 0, errors: [] },
    events?: FastPath,
  ) {
    const entries: Record<string, unknown>[] = [];
    const steps: string[] = [];
    const readSince: (number | undefined)[] = [];
    const checkAndReport = async (since?: number) => {
      steps.push("check");
      readSince.push(since);
      if (found instanceof Error) throw found;
      return found;
    };
    const onSchedule = createOnSchedule({
      settings: { team: "red", account: "111122223333", ...(events === undefined ? {} : { events }) },
      log: createLog((line) => {
        const entry = JSON.parse(line) as Record<string, unknown>;
        steps.push(String(entry.message));
        entries.push(entry);
      }),
      selfCheck: {
        declare: async () => steps.push("declare") > 0 && isRecorded,
        check: async () => ({ differences: [], isFirstDeployment: false }),
        checkAndReport,
      },
      digests: undefined,
      confirmation: { check: async () => ({ findings: 0, unconfirmed: [] }) },
      waiting: { expire: async () => [] },
      onDue: async () => void steps.push("due"),
      periods: { summarize: async () => summaries },
      keepAll: async () => {
        steps.push("keep");
        return kept;
      },
      members: members.map((one) => ({
        member: one,
        rules: {
          async checkAndReport() {
            steps.push(`rules of ${one}`);
            if (one === silent) throw new Error("no answer");
            return one === faulty ? [difference] : [];
          },
        },
        digests: {
          begin: async () => {},
          comeTo: async () => undefined,
          async check() {
            steps.push(`verify ${one}`);
            const none = { digests: 0, logFiles: 0, processed: 0, waiting: 0, errors: [] };
            return { ...none, regions: [], problems: one === faulty ? [aProblem] : [] };
          },
        },
        keepAll: async () => {
          steps.push(`keep ${one}`);
          return kept;
        },
      })),
      invokeSelf: async (event) => {
        if (event.member === refused) throw new Error("not authorized");
        steps.push(`invoke for ${event.member} at ${event.at}`);
      },
      now: () => aMinuteLater,
    });
    const invocation = { awsRequestId: "r", getRemainingTimeInMillis: () => 60_000 };
    const named = member === undefined ? {} : { member };
    await onSchedule({ cloudtrailer: "keep-baselines", at, ...named }, invocation);
    const entryOf = (message: string) => entries.find((entry) => entry.message === message) ?? {};
    return { entryOf, steps, readSince };
  }

  it("reads the parts anew every hour, and after a deployment uses what was read for the record", async () => {
    expect((await run("schedule", [])).readSince).to.deep.equal([undefined]);
    expect((await run("deployment", [])).readSince).to.deep.equal([aMinuteLater]);
  });

  it("counts a self-check that found everything as deployed", async () => {
    const { entryOf, steps } = await run("schedule", []);
    expect(steps).to.deep.equal(["check", "self-check", "digests", "due", "keep", "baselines"]);
    expect(entryOf("self-check")).to.deep.include({ level: "info", SelfChecks: 1, differences: [] });
    expect(entryOf("self-check")._aws).to.have.property("CloudWatchMetrics");
  });

  it("says with each self-check what comes within seconds, and what only log files bring", async () => {
    const slow = await run("schedule", []);
    expect(slow.entryOf("self-check").within).to.deep.equal({
      seconds: "nothing",
      minutes: "everything, by log files",
    });
    const events = { topicArn: "t", regions: ["us-west-2", "us-east-1"], lateDetections: 30 };
    const fast = await run("schedule", [], true, undefined, undefined, events);
    expect(fast.entryOf("self-check").within).to.deep.equal({
      seconds: "what is called in us-west-2, us-east-1",
      minutes: "what is called in other regions, and some or all calls of 30 detections",
    });
  });

  it("logs summaries that were published, and those that were not and why, before baselines are kept", async () => {
    const published = await run("schedule", [], true, undefined, { published: 2, errors: [] });
    expect(published.entryOf("summaries")).to.deep.include({ level: "info", published: 2 });
    expect(published.steps.slice(-3)).to.deep.equal(["summaries", "keep", "baselines"]);
    const failed = await run("schedule", [], true, undefined, { published: 0, errors: ["no answer"] });
    expect(failed.entryOf("summaries")).to.deep.include({ level: "error", errors: ["no answer"] });
    expect((await run("deployment", [])).steps).not.to.include("due");
  });

  it("counts none that found a difference or could not look, so that the alarm goes off", async () => {
    const different = await run("schedule", [difference]);
    expect(different.entryOf("self-check")).to.deep.include({
      level: "error",
      SelfChecks: 0,
      differences: [difference],
    });
    const failed = await run("schedule", new Error("ServiceUnavailable"));
    expect(failed.entryOf("self-check")).to.deep.include({ level: "error", SelfChecks: 0 });
    expect(failed.entryOf("self-check").problem).to.match(/ServiceUnavailable/);
    expect(failed.steps.at(-1), "baselines are kept all the same").to.equal("baselines");
  });

  it("begins a deployment with a sign of life: alarms have just been made, and know of none", async () => {
    const { entryOf, steps } = await run("deployment", []);
    expect(steps).to.deep.equal([
      "declare",
      "deployment",
      "check",
      "self-check",
      "digests",
      "keep",
      "baselines",
    ]);
    expect(entryOf("deployment")).to.include({ LogFiles: 1, SelfChecks: 1 });
  });

  it("gives no sign of life in the name of a deployment that is already recorded: anybody may say so", async () => {
    const { entryOf, steps } = await run("deployment", [difference], false);
    expect(steps).to.deep.equal(["declare", "check", "self-check", "digests", "keep", "baselines"]);
    expect(entryOf("self-check")).to.deep.include({ SelfChecks: 0 });
  });

  describe("with members", () => {
    const members = ["222233334444", "333344445555"];

    it("gives each an invocation of its own, for which a deployment does not wait", async () => {
      const { steps, entryOf } = await run("deployment", [], true, { members });
      expect(steps.slice(-5)).to.deep.equal([
        "invoke for 222233334444 at schedule",
        "invoke for 333344445555 at schedule",
        "members",
        "keep",
        "baselines",
      ]);
      expect(entryOf("members")).to.deep.include({ level: "info", members: 2, problems: [] });
    });

    it("looks in that invocation at the rules, the digests and the baselines of that member, and at nothing else", async () => {
      const { steps, entryOf } = await run("schedule", [], true, { members, member: "333344445555" });
      expect(steps).to.deep.equal([
        "rules of 333344445555",
        "verify 333344445555",
        "digests",
        "keep 333344445555",
        "baselines",
      ]);
      expect(entryOf("digests")).to.include({ level: "info", member: "333344445555" });
      expect(entryOf("baselines")).to.include({ level: "info", member: "333344445555" });
    });

    it("goes on when its rules cannot be compared", async () => {
      const [member = ""] = members;
      const { steps, entryOf } = await run("schedule", [], true, { members, member, silent: member });
      const problem = "unable to compare its rules: no answer";
      expect(entryOf("rules of a member")).to.deep.include({ level: "error", member, problem });
      expect(steps).to.include.members([`verify ${member}`, `keep ${member}`]);
    });

    it("keeps its baselines, too, when something is wrong with its rules and digests", async () => {
      const [member = ""] = members;
      const { steps, entryOf } = await run("schedule", [], true, { members, member, faulty: member });
      expect(entryOf("rules of a member")).to.deep.include({ level: "error", differences: [difference] });
      expect(entryOf("digests")).to.deep.include({ level: "error", member, problems: [aProblem] });
      expect(steps.slice(-2)).to.deep.equal([`keep ${member}`, "baselines"]);
    });

    it("says for which it could not invoke itself, and goes on with the others", async () => {
      const { steps, entryOf } = await run("schedule", [], true, { members, refused: "222233334444" });
      expect(steps).to.include("invoke for 333344445555 at schedule");
      expect(entryOf("members")).to.deep.include({
        level: "error",
        problems: [{ member: "222233334444", error: "not authorized" }],
      });
      expect(steps.at(-1)).to.equal("baselines");
    });

    it("does nothing about an account that is no member, or no longer", async () => {
      const { steps } = await run("schedule", [], true, { members, member: "999988887777" });
      expect(steps).to.deep.equal(["no member"]);
    });
  });
});
