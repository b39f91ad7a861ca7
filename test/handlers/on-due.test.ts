import { expect } from "chai";
import type { DueReport } from "../../handlers/findings/delays";
import { createLog } from "../../handlers/log";
import { createOnDue } from "../../handlers/on-due";
import { createProblems } from "../../handlers/problem";

describe("the event for due fixes", () => {
  const none: DueReport = { findings: [], outcomes: {}, takenUp: 0, left: 0, errors: [], errorsInAll: 0 };

  async function run(report: Partial<DueReport>) {
    const entries: Record<string, unknown>[] = [];
    const onDue = createOnDue({
      settings: { team: "red" },
      log: createLog((line) => void entries.push(JSON.parse(line) as Record<string, unknown>)),
      delays: { makeDue: async () => ({ ...none, ...report }) },
      handleRecord: async () => ({
        entry: {},
        kept: [],
        errors: createProblems(1),
        failures: createProblems(1),
      }),
      now: () => 0,
    });
    const problem = await onDue({ awsRequestId: "r", getRemainingTimeInMillis: () => 60_000 }).then(
      () => undefined,
      ({ message }: Error) => message,
    );
    return { entries, problem };
  }

  it("is silent while nothing is due", async () => {
    expect(await run({})).to.deep.equal({ entries: [], problem: undefined });
  });

  it("logs what was taken up, and what is left", async () => {
    const { entries, problem } = await run({ findings: ["1#x"], takenUp: 1, left: 2 });
    expect(problem).to.equal(undefined);
    expect(entries[0]).to.deep.include({
      level: "info",
      message: "due fixes",
      requestId: "r",
      findings: ["1#x"],
      takenUp: 1,
      left: 2,
    });
  });

  it("fails with what could not be done, so that an alarm goes off and Lambda tries again", async () => {
    const { entries, problem } = await run({ left: 60, errors: ["no answer"], errorsInAll: 60 });
    expect(problem).to.equal("unable to make all fixes that are due: no answer");
    expect(entries[0]).to.deep.include({ level: "error", errors: ["no answer"], errorsInAll: 60 });
  });
});
