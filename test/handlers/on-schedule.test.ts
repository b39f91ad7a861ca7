import { expect } from "chai";
import type { Difference } from "../../handlers/alerts/summaries";
import type { KeptAll } from "../../handlers/baselines/keep-all";
import { createLog } from "../../handlers/log";
import { createOnSchedule } from "../../handlers/on-schedule";
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

  async function run(at: "schedule" | "deployment", found: Difference[] | Error, isRecorded = true) {
    const entries: Record<string, unknown>[] = [];
    const steps: string[] = [];
    const checkAndReport = async () => {
      steps.push("check");
      if (found instanceof Error) throw found;
      return found;
    };
    const onSchedule = createOnSchedule({
      settings: { team: "red" },
      log: createLog((line) => {
        const entry = JSON.parse(line) as Record<string, unknown>;
        steps.push(String(entry.message));
        entries.push(entry);
      }),
      selfCheck: {
        declare: async () => steps.push("declare") > 0 && isRecorded,
        check: async () => [],
        isFirstDeployment: async () => false,
        checkAndReport,
      },
      digests: undefined,
      confirmation: { check: async () => ({ findings: 0, unconfirmed: [] }) },
      waiting: { expire: async () => [] },
      keepAll: async () => kept,
      now: () => aMinuteLater,
    });
    const invocation = { awsRequestId: "r", getRemainingTimeInMillis: () => 60_000 };
    await onSchedule({ cloudtrailer: "keep-baselines", at }, invocation);
    const entryOf = (message: string) => entries.find((entry) => entry.message === message) ?? {};
    return { entryOf, steps };
  }

  it("counts a self-check that found everything as deployed", async () => {
    const { entryOf, steps } = await run("schedule", []);
    expect(steps).to.deep.equal(["check", "self-check", "digests", "baselines"]);
    expect(entryOf("self-check")).to.deep.include({ level: "info", SelfChecks: 1, differences: [] });
    expect(entryOf("self-check")._aws).to.have.property("CloudWatchMetrics");
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
    expect(steps).to.deep.equal(["declare", "deployment", "check", "self-check", "digests", "baselines"]);
    expect(entryOf("deployment")).to.include({ LogFiles: 1, SelfChecks: 1 });
  });

  it("gives no sign of life in the name of a deployment that is already recorded: anybody may say so", async () => {
    const { entryOf, steps } = await run("deployment", [difference], false);
    expect(steps).to.deep.equal(["declare", "check", "self-check", "digests", "baselines"]);
    expect(entryOf("self-check")).to.deep.include({ SelfChecks: 0 });
  });
});
