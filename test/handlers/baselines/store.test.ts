import { expect } from "chai";
import { createBaselineStore } from "../../../handlers/baselines/store";
import { fakeAws } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

describe("the store of baselines", () => {
  const day = 86_400_000;
  function prepare() {
    const table = aTable();
    let clock = Date.parse("2026-05-04T10:00:00Z");
    const { aws, calls } = fakeAws(table.answers);
    const store = createBaselineStore(aws, { table: "findings", region: "us-west-2", now: () => clock });
    const writes = () => calls.filter(({ operation }) => operation === "UpdateItem").length;
    return { store, table, aws, calls, writes, pass: (ms: number) => (clock += ms) };
  }
  const look = (at: number, name: string) => ({ at, state: { GetUser: { User: { UserName: name } } } });

  it("keeps what was seen, and writes nothing if nothing is new", async () => {
    const { store, writes, pass } = prepare();
    expect(await store.add("k", [look(1, "a")])).to.equal(true);
    for (let hour = 0; hour < 3; hour++) {
      pass(3_600_000);
      expect(await store.add("k", [look(2 + hour, "a")])).to.equal(false);
    }
    expect(writes()).to.equal(1);
    expect(await store.read("k")).to.deep.equal([look(1, "a")]);
    expect(await store.read("other")).to.deep.equal([]);
  });

  it("extends what still exists long before its time to live ends", async () => {
    const { store, table, pass } = prepare();
    await store.add("k", [look(1, "a")]);
    const first = Number(table.items.k?.expiresAt?.N);
    pass(100 * day);
    expect(await store.add("k", [look(2, "a")])).to.equal(false);
    expect(Number(table.items.k?.expiresAt?.N) - first).to.equal(100 * 86_400);
  });

  it("loses nothing when others write at the same time", async () => {
    const { store, aws } = prepare();
    const others = Array.from({ length: 4 }, () =>
      createBaselineStore(aws, { table: "findings", region: "us-west-2", now: () => 0 }),
    );
    await Promise.all([store, ...others].map((one, index) => one.add("k", [look(index, `s${index}`)])));
    expect((await store.read("k")).map(({ at }) => at)).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it("gives up, and says so, if others never stop", async () => {
    const { table } = prepare();
    const { aws } = fakeAws({
      ...table.answers,
      "dynamodb:UpdateItem": () => {
        throw Object.assign(new Error("taken"), { name: "ConditionalCheckFailedException" });
      },
    });
    const store = createBaselineStore(aws, { table: "findings", region: "us-west-2", now: () => 0 });
    const error = await store.add("k", [look(1, "a")]).catch((reason: Error) => reason);
    expect(String(error)).to.match(/expected to be the only writer of k, found it written by others 5 times/);
  });
});
