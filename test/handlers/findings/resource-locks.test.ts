import { expect } from "chai";
import fc from "fast-check";
import { createResourceLocks, type ResourceLocksOptions } from "../../../handlers/findings/resource-locks";
import { aFinding } from "../../support/factories";
import { aTable, type MemoryDynamoDb } from "../../support/memory-dynamodb";

const about = (...ids: string[]) => {
  const finding = aFinding();
  return {
    ...finding,
    match: { ...finding.match, resources: ids.map((id) => ({ type: "AWS::S3::Bucket", id })) },
  };
};

describe("locks on what findings are about", () => {
  let clock = 0;
  const locks = (table: MemoryDynamoDb, owner: string, own: Partial<ResourceLocksOptions> = {}) =>
    createResourceLocks(table.aws, {
      table: "findings-red",
      region: "us-east-1",
      owner,
      leaseMs: 45_000,
      now: () => clock,
      pause: async (ms) => void (clock += ms),
      remaining: () => 120_000,
      ...own,
    });

  beforeEach(() => {
    clock = 1_000_000;
  });

  it("lets two invocations that read, change and write back one resource lose nothing, in whatever order", () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 5 }), async (scheduler, invocations) => {
        const table = aTable();
        const step = <Value>(value: Value) => scheduler.schedule(Promise.resolve(value));
        let policy = Array.from({ length: invocations }, (_, index) => `stranger ${index}`);
        const work = (index: number) => {
          const ids = index % 2 === 0 ? ["arn:aws:s3:::data", "logs"] : ["logs", "data"];
          const slow = { pause: async (ms: number) => void (clock += await step(Math.min(ms, 10))) };
          return locks(table, `invocation ${index}`, slow).hold(about(...ids), async () => {
            const seen = await step([...policy]);
            policy = await step(seen.filter((who) => who !== `stranger ${index}`));
          });
        };
        const all = Promise.all(Array.from({ length: invocations }, (_, index) => work(index)));
        await scheduler.waitFor(all);
        expect(policy).to.deep.equal([]);
      }),
      { numRuns: 200 },
    ));

  it("keeps nobody from another resource, or from the same name in another account", async () => {
    const table = aTable();
    const done: string[] = [];
    const elsewhere = { ...about("data"), account: "444455556666" };
    await locks(table, "one").hold(about("data"), async () => {
      await locks(table, "two").hold(about("other"), async () => void done.push("other"));
      await locks(table, "three").hold(elsewhere, async () => void done.push("elsewhere"));
    });
    expect(done).to.deep.equal(["other", "elsewhere"]);
  });

  it("passes on a dead invocation's lock when its lease has expired, and not before", async () => {
    const table = aTable();
    void locks(table, "dead").hold(about("data"), () => new Promise(() => undefined));
    const since = clock;
    await locks(table, "next").hold(about("data"), async () => {
      expect(clock - since).to.be.within(45_000, 46_100);
    });
  });

  it("fails, for Lambda to try again, if another is working for longer than the invocation may run", async () => {
    const table = aTable();
    let left = 30_000;
    const pause = async (ms: number) => {
      left -= ms;
    };
    await locks(table, "one").hold(about("data"), async () => {
      const waiting = locks(table, "two", { pause, remaining: () => left }).hold(
        about("data"),
        async () => "got it",
      );
      const error = await waiting.then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      expect(error?.message).to.match(/another invocation is still working on a resource of finding .*data/);
    });
  });

  it("is extended while its holder waits, and tells a holder that has lost it", async () => {
    const table = aTable();
    const outcome = locks(table, "one").hold(about("data"), async (extend) => {
      clock += 40_000;
      await extend();
      clock += 40_000;
      await extend();
      clock += 46_000;
      await locks(table, "two").hold(about("data"), async () => extend());
    });
    const error = await outcome.then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error?.message).to.include("taken over by another invocation");
  });

  it("is released when the work throws", async () => {
    const table = aTable();
    const thrown = await locks(table, "one")
      .hold(about("data"), async () => {
        throw new Error("no luck");
      })
      .catch((error: Error) => error.message);
    expect(thrown).to.equal("no luck");
    const since = clock;
    await locks(table, "two").hold(about("data"), async () => undefined);
    expect(clock).to.equal(since);
  });
});
