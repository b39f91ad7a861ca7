import { expect } from "chai";
import { createFindingsStore, keptResources, maxPlan } from "../../../handlers/findings/store";
import { aFinding, aMinuteLater, aRecord, fakeAws } from "../../support/factories";

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
