import { expect } from "chai";
import type { Attributes, Change, Table } from "../../../handlers/aws/table";
import type { Doings } from "../../../handlers/detections/novelty";
import { createNoveltyStore } from "../../../handlers/findings/novelty-store";

/** A table in memory that knows the conditions of this store; `onWrite` may write before a write of the store does. */
function aTable(onWrite: (items: Map<string, Attributes>, id: string) => void = () => {}) {
  const items = new Map<string, Attributes>();
  const writes: { id: string; change: Change }[] = [];
  const holds = ({ condition }: Change, item: Attributes) => {
    const { expression = "", values = {} } = condition ?? {};
    if (expression === "attribute_not_exists(version)") return item.version === undefined;
    if (expression === "version = :version") return item.version?.N === values[":version"]?.N;
    if (expression.startsWith("attribute_not_exists(at) OR"))
      return item.at === undefined || Number(item.at.N) > Number(values[":at"]?.N);
    return true;
  };
  const table: Table = {
    get: (id) => Promise.resolve(items.get(id) ?? {}),
    update(id, change) {
      writes.push({ id, change });
      onWrite(items, id);
      const item = items.get(id) ?? {};
      if (!holds(change, item)) return Promise.resolve({ changed: false });
      const next = { ...change.setIfMissing, ...item, ...change.set };
      items.set(id, next);
      return Promise.resolve({ changed: true, item: next });
    },
  };
  return { table, items, writes };
}

const doings: Doings = { stretches: [{ from: 1, to: 2 }], firsts: ["a"] };

describe("novelty in the findings table", () => {
  it("keeps the first beginning that it is given, and an earlier one if the past was learned from", async () => {
    const { table } = aTable();
    const store = createNoveltyStore(table);
    expect(await store.begin(500, false)).equal(500);
    expect(await store.begin(900, false)).equal(500);
    expect(await store.begin(100, false)).equal(500);
    expect(await store.begin(100, true)).equal(100);
    expect(await store.begin(300, true)).equal(100);
  });

  it("keeps activity until it expires, with one write", async () => {
    const { table, items, writes } = aTable();
    const store = createNoveltyStore(table);
    await store.change("novelty#x#1", () => doings, 1_700_000_000);
    expect(writes).have.length(1);
    expect(items.get("novelty#x#1")?.expiresAt).deep.equal({ N: "1700000000" });
    let kept: Doings | undefined;
    await store.change("novelty#x#1", (before) => (kept = before), 1_700_000_000);
    expect(kept).deep.equal(doings);
    expect(writes, "what is unchanged is not written").have.length(1);
  });

  it("judges again by what another invocation wrote in the meantime", async () => {
    let others = 1;
    const { table, items } = aTable((all, id) => {
      if (others-- > 0)
        all.set(id, {
          doings: { S: JSON.stringify({ ...doings, firsts: ["other"] }) },
          version: { N: "7" },
        });
    });
    const seen: string[][] = [];
    await createNoveltyStore(table).change(
      "novelty#x#1",
      (before) => {
        seen.push(before.firsts);
        return { ...before, firsts: [...before.firsts, "mine"] };
      },
      0,
    );
    expect(seen).deep.equal([[], ["other"]]);
    expect(JSON.parse(items.get("novelty#x#1")?.doings?.S ?? "").firsts).deep.equal(["other", "mine"]);
    expect(items.get("novelty#x#1")?.version).deep.equal({ N: "8" });
  });
});
