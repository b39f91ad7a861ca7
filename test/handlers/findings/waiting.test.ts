import { expect } from "chai";
import { createTable } from "../../../handlers/aws/table";
import { createWaiting, type ExpiredFix } from "../../../handlers/findings/waiting";
import { region } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

describe("fixes that wait for a yes", () => {
  const hourMs = 3_600_000;
  const start = Date.parse("2026-05-04T10:30:00Z");
  const ids = ["1#root-activity", "2#root-activity"] as const;

  function prepare() {
    const table = aTable();
    let clock = start;
    const alerted: ExpiredFix[][] = [];
    let failing = false;
    const waiting = createWaiting({
      settings: { approvalHours: 4 },
      table: createTable(table.aws, { table: "findings-red", region }),
      alertExpired: async (fixes) => {
        if (failing) throw new Error("SNS does not answer");
        alerted.push(fixes);
      },
      now: () => clock,
    });
    const wait = async (id: string, outcome = "awaiting-approval") => {
      await waiting.note(id);
      table.items[id] = {
        state: { S: "done" },
        outcome: { S: outcome },
        decidedAt: { S: new Date(clock).toISOString() },
        about: { S: JSON.stringify({ title: "It happened", region: "eu-west-1" }) },
        plan: { S: JSON.stringify({ summary: "Detach it" }) },
      };
    };
    return {
      ...waiting,
      wait,
      alerted,
      outcomeOf: (id: string) => table.items[id]?.outcome?.S,
      reasonOf: (id: string) => table.items[id]?.reason?.S,
      at: (hours: number) => void (clock = start + hours * hourMs),
      fail: (is: boolean) => void (failing = is),
    };
  }

  it("have expired when nobody approved them in time, and are alerted together, once", async () => {
    const { wait, expire, alerted, outcomeOf, reasonOf, at } = prepare();
    await expire();
    for (const id of ids) await wait(id);
    await wait("3#root-activity", "fixed");
    for (const hours of [1, 2, 3, 4]) {
      at(hours);
      expect(await expire()).to.deep.equal([]);
    }
    at(5);
    expect(await expire()).to.have.members([...ids]);
    expect(alerted.map((fixes) => fixes.length)).to.deep.equal([2]);
    expect(alerted[0]?.[0]).to.deep.include({
      title: "It happened",
      region: "eu-west-1",
      summary: "Detach it",
    });
    expect([ids[0], ids[1], "3#root-activity"].map(outcomeOf)).to.deep.equal(["expired", "expired", "fixed"]);
    expect(reasonOf(ids[0])).to.equal("nobody approved the fix within 4 hours");
    at(6);
    expect(await expire()).to.deep.equal([]);
  });

  it("wait on when they were planned anew in the meantime", async () => {
    const { wait, expire, outcomeOf, at } = prepare();
    await expire();
    await wait(ids[0]);
    at(3);
    await wait(ids[0]);
    at(5);
    expect(await expire()).to.deep.equal([]);
    expect(outcomeOf(ids[0])).to.equal("awaiting-approval");
    at(8);
    expect(await expire()).to.deep.equal([ids[0]]);
  });

  it("are tried again when the alert did not get out, also after hours in which nothing ran", async () => {
    const { wait, expire, alerted, outcomeOf, at, fail } = prepare();
    await expire();
    await wait(ids[0]);
    at(5);
    fail(true);
    const problem = await expire().catch(({ message }: Error) => message);
    expect(problem).to.equal("SNS does not answer");
    expect(outcomeOf(ids[0])).to.equal("awaiting-approval");
    fail(false);
    at(30);
    expect(await expire()).to.deep.equal([ids[0]]);
    expect(alerted).to.have.length(1);
  });
});
