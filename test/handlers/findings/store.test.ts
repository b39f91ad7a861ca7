import { expect } from "chai";
import { identityOf } from "../../../handlers/findings/identity";
import { createFindingsStore, keptResources, maxPlan } from "../../../handlers/findings/store";
import { aFinding, aMinuteLater, aRecord, fakeAws } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

/** DynamoDB's limit for an item, in bytes. */
const maxOfItem = 400 * 1024;

describe("what the table keeps of a finding", () => {
  /** Three bytes in the table, and one character. */
  const wide = "\u4e00";

  it("fits into an item, whatever characters an attacker fills a record with", async () => {
    const { aws, calls } = fakeAws({ "dynamodb:UpdateItem": {} });
    const store = createFindingsStore(aws, {
      table: "findings-red",
      region: "us-west-2",
      owner: "one",
      leaseMs: 45_000,
      keepDays: 90,
      now: () => aMinuteLater,
    });
    const record = aRecord({ requestParameters: { description: wide.repeat(150_000) } });
    const { match, source } = aFinding({}, record);
    const plan = { summary: "x".repeat(maxPlan), calls: [], rollback: [] };
    await store.save("one", { state: "fixing", plan, basis: { record, match, source } });
    expect(Buffer.byteLength(JSON.stringify(calls[0]?.input))).to.be.lessThan(maxOfItem);
  });

  it("has a longer lease when that is extended, and else what it had; not when it is done, released or another's", async () => {
    const table = aTable();
    const storeOf = (owner: string, now: number) =>
      createFindingsStore(table.aws, {
        table: "t",
        region: "us-west-2",
        owner,
        leaseMs: 45_000,
        keepDays: 1,
        now: () => now,
      });
    const extended = (owner: string, now: number) =>
      storeOf(owner, now)
        .extend("one")
        .then(
          () => table.items.one,
          ({ message }: Error) => message,
        );
    const refusal = /found it taken over by another invocation, or done/;
    const store = storeOf("we", 1_000);
    await store.claim("one", {}, identityOf(aFinding()));
    await store.save("one", { state: "decided", outcome: "alerted" });
    const before = table.items.one;
    expect(await extended("we", 2_000)).to.deep.equal({ ...before, leaseUntil: { N: "47000" } });
    expect(await extended("they", 2_000)).to.match(refusal);
    await store.release("one");
    expect(await extended("we", 2_000)).to.match(refusal);
    await store.save("one", { state: "done" });
    expect(await extended("we", 2_000)).to.match(refusal);
    expect(table.items.one?.state).to.deep.equal({ S: "done" });
  });

  it("contains the basis of a finding of usual size", async () => {
    const { aws, calls } = fakeAws({ "dynamodb:UpdateItem": {} });
    const options = { table: "t", region: "us-west-2", owner: "one", leaseMs: 1, keepDays: 1, now: () => 0 };
    const { record, match, source } = aFinding();
    const plan = { summary: "", calls: [], rollback: [] };
    await createFindingsStore(aws, options).save("one", {
      state: "fixing",
      plan,
      basis: { record, match, source },
    });
    const values = calls[0]?.input.ExpressionAttributeValues as Record<string, { S: string }>;
    expect(JSON.parse(values[":set_basis"]?.S ?? "null")).to.deep.equal({ record, match, source });
  });

  it("contains as many resources as fit, from the first on", () => {
    const few = aFinding().match.resources;
    expect(keptResources(few)).to.deep.equal(few);
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      type: "AWS::EC2::FlowLog",
      id: `fl-${index}`,
    }));
    const kept = keptResources(many);
    expect(kept).to.deep.equal(many.slice(0, kept.length));
    expect(Buffer.byteLength(JSON.stringify(kept))).to.be.lessThan(60_100);
  });
});
