import type { Call } from "../../../handlers/aws/call";
import { expect } from "chai";
import { createBurstStore } from "../../../handlers/findings/burst-store";

const options = { table: "findings", region: "eu-west-1" };

describe("bursts in the findings table", () => {
  it("adds and reads by one update", async () => {
    const calls: Call[] = [];
    const store = createBurstStore((one) => {
      calls.push(one);
      return Promise.resolve({ Attributes: { members: { SS: ["1|a", "2|b"] } } });
    }, options);
    expect(await store.add("burst#x#1", ["2|b"], 1_700_000_000)).deep.equal(["1|a", "2|b"]);
    expect(calls.map(({ operation }) => operation)).deep.equal(["UpdateItem"]);
    const input = calls[0]?.input as { Key: unknown; ExpressionAttributeValues: Record<string, unknown> };
    expect(input.Key).deep.equal({ id: { S: "burst#x#1" } });
    expect(input.ExpressionAttributeValues[":add_members"]).deep.equal({ SS: ["2|b"] });
    expect(input.ExpressionAttributeValues[":set_expiresAt"]).deep.equal({ N: "1700000000" });
  });

  it("reads a full set, and counts what it was given", async () => {
    const store = createBurstStore(({ operation }) => {
      if (operation === "GetItem") return Promise.resolve({ Item: { members: { SS: ["1|a"] } } });
      return Promise.reject(Object.assign(new Error("full"), { name: "ConditionalCheckFailedException" }));
    }, options);
    expect(await store.add("burst#x#1", ["2|b"], 0)).deep.equal(["1|a", "2|b"]);
  });

  it("passes on every other error", async () => {
    const store = createBurstStore(
      () => Promise.reject(Object.assign(new Error("no"), { name: "AccessDeniedException" })),
      options,
    );
    const error = await store.add("k", ["1|a"], 0).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect((error as Error).name).equal("AccessDeniedException");
  });
});
