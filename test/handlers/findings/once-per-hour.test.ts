import { expect } from "chai";
import { createTable } from "../../../handlers/aws/table";
import { createOncePerHour } from "../../../handlers/findings/once-per-hour";
import { aMinuteLater, someSettings } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

describe("createOncePerHour", () => {
  function prepare() {
    const memory = aTable();
    let clock = aMinuteLater;
    const pass = (ms: number) => void (clock += ms);
    const options = {
      now: () => clock,
      pause: async (ms: number) => {
        await new Promise(setImmediate);
        pass(ms);
      },
    };
    const table = createTable(memory.aws, someSettings());
    return { memory, table, options, oncePerHour: createOncePerHour(table, options), pass };
  }
  const key = "watch#unproven#topic";

  it("does it once an hour for each key", async () => {
    const { oncePerHour, pass } = prepare();
    const done: string[] = [];
    const one = (name: string) => oncePerHour(name, async () => void done.push(name));
    for (const name of ["a", "a", "b", "a"]) await one(name);
    expect(done).to.deep.equal(["a", "b"]);
    pass(3_600_000);
    await one("a");
    expect(done).to.deep.equal(["a", "b", "a"]);
  });

  it("asks the table no more than once an hour when it was done", async () => {
    const { memory, options } = prepare();
    let asked = 0;
    const counting = createTable((call) => {
      asked++;
      return memory.aws(call);
    }, someSettings());
    const oncePerHour = createOncePerHour(counting, { ...options, isFinal: true });
    for (let time = 0; time < 1_000; time++) await oncePerHour(key, async () => {});
    expect(asked).to.equal(3);
    // What a person may take back is looked at each time.
    let done = 0;
    const again = createOncePerHour(counting, options);
    await again("breaker#account", async () => void done++);
    delete memory.items["breaker#account"];
    await again("breaker#account", async () => void done++);
    expect(done).to.equal(2);
  });

  it("does it once for many that come at once", async () => {
    const { oncePerHour } = prepare();
    let done = 0;
    const act = async () => {
      await new Promise(setImmediate);
      done++;
    };
    await Promise.all(Array.from({ length: 20 }, () => oncePerHour(key, act)));
    expect(done).to.equal(1);
  });

  it("has the next one do what failed, at once", async () => {
    const { oncePerHour } = prepare();
    let tries = 0;
    const act = async () => {
      if (++tries < 3) throw new Error("SNS is down");
    };
    const ended = await Promise.allSettled(Array.from({ length: 20 }, () => oncePerHour(key, act)));
    expect(ended.filter(({ status }) => status === "rejected")).to.have.length(2);
    expect(tries).to.equal(3);
  });

  it("waits no longer than a lease for one that has died", async () => {
    const { table, options, oncePerHour } = prepare();
    const before = options.now();
    void oncePerHour(key, () => new Promise(() => {}));
    await new Promise(setImmediate);
    let done = 0;
    await createOncePerHour(table, options)(key, async () => void done++);
    expect(done).to.equal(1);
    expect(options.now() - before).to.be.within(45_000, 60_000);
  });

  it("knows its own claim whose answer was lost", async () => {
    const { memory, options } = prepare();
    let made = 0;
    const lossy = createTable(async (call) => {
      const answer = await memory.aws(call);
      // The SDK makes the call again, and finds what it has written itself.
      return call.operation === "UpdateItem" && ++made === 1 ? memory.aws(call) : answer;
    }, someSettings());
    const before = options.now();
    let done = 0;
    await createOncePerHour(lossy, options)(key, async () => void done++);
    expect(done).to.equal(1);
    expect(options.now()).to.equal(before);
  });

  it("keeps what else the item has, and says when it was done under the given name", async () => {
    const { memory, table, options } = prepare();
    memory.items["breaker#account"] = { id: { S: "breaker#account" }, fixes: { SS: ["1|a"] } };
    await createOncePerHour(table, { ...options, doneAt: "openedAt" })("breaker#account", async () => {});
    expect(memory.items["breaker#account"]).to.deep.include({
      fixes: { SS: ["1|a"] },
      openedAt: { N: String(aMinuteLater) },
    });
  });
});
