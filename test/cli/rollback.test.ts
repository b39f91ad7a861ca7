import { expect } from "chai";
import type { AskedOfFunction } from "../../cli/ask-function";
import { rollBack } from "../../cli/rollback";
import { hashOfCalls } from "../../handlers/findings/person-request";
import type { Call } from "../../handlers/aws/call";
import { account, aFinding, aRecord, fakeAws } from "../support/factories";

describe("cloudtrailer rollback", () => {
  const { id, match, record, source } = aFinding({}, aRecord());
  const by = `arn:aws:iam::${account}:user/alice`;
  const input = { UserName: "bob", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" };
  const call = (operation: string): Call => ({ service: "iam", operation, region: "us-east-1", input });
  const item = {
    id: { S: id },
    outcome: { S: "fixed" },
    about: { S: JSON.stringify({ account, resources: match.resources }) },
    plan: {
      S: JSON.stringify({
        summary: "Detach it",
        calls: [call("DetachUserPolicy")],
        rollback: [call("AttachUserPolicy")],
      }),
    },
    basis: { S: JSON.stringify({ record, match, source }) },
  };

  /** Rolls back from a table with this item. @returns the calls that were made, and what went wrong */
  async function rolledBack(Item: object | undefined, AttachedPolicies: object[] = [], refusal?: string) {
    const { aws, calls } = fakeAws({
      "dynamodb:GetItem": Item === undefined ? {} : { Item },
      "iam:ListAttachedUserPolicies": { AttachedPolicies },
      "iam:AttachUserPolicy": {},
    });
    const asked: AskedOfFunction[] = [];
    const operations: string[] = [];
    const problem = await rollBack({
      finding: id,
      why: "planned",
      table: "findings",
      region: "us-west-2",
      out: () => {},
      callAws: (userAgent) => async (call) => {
        expect(userAgent).to.match(/^cloudtrailer-rollback\/[0-9a-f-]{36}$/);
        operations.push(call.operation);
        return aws(call);
      },
      ask: async (one) => {
        asked.push(one);
        operations.push(one.verb);
        if (refusal !== undefined) throw new Error(refusal);
        return { by, at: "" };
      },
    }).catch((error: Error) => error.message);
    return { calls, asked, operations, problem };
  }

  it("has the receipt's calls permitted, makes them, and has that written down", async () => {
    const { asked, operations, problem } = await rolledBack(item);
    expect(problem).to.equal(undefined);
    expect(operations.slice(-3)).to.deep.equal(["rollback", "AttachUserPolicy", "rolled-back"]);
    const [permit, done] = asked;
    expect(permit).to.deep.include({
      finding: id,
      why: "planned",
      plan: hashOfCalls([call("AttachUserPolicy")]),
    });
    expect(done).to.deep.include({ finding: id, why: "planned" });
    expect(permit).to.have.property("token").that.is.a("string");
  });

  it("changes nothing when the function refuses", async () => {
    const { operations, problem } = await rolledBack(item, [], "no operator");
    expect(problem).to.equal("no operator");
    expect(operations).to.deep.equal(["GetItem", "ListAttachedUserPolicies", "rollback"]);
  });

  it("changes nothing, and permits nothing, if somebody has repeated the change", async () => {
    const { operations, problem } = await rolledBack(item, [{ PolicyArn: input.PolicyArn }]);
    expect(problem).to.match(/somebody repeated the change/);
    expect(operations).to.deep.equal(["GetItem", "ListAttachedUserPolicies"]);
  });

  describe("after a fix of which a later call was refused", () => {
    const detach = call("DetachUserPolicy");
    const halfMade = (...calls: Call[]) => ({
      ...item,
      outcome: { S: "failed" },
      plan: { S: JSON.stringify({ summary: "", calls, rollback: [call("AttachUserPolicy")] }) },
    });

    it("rolls back what was made, as long as no more than the rest is missing", async () => {
      const first = { ...detach, operation: "CreateUser" };
      const { operations, problem } = await rolledBack(
        halfMade(first, { ...detach, doneWhen: ["NoSuchEntityException", "NoSuchEntity"] }),
        [{ PolicyArn: input.PolicyArn }],
      );
      expect(problem).to.equal(undefined);
      expect(operations).to.include("AttachUserPolicy");
    });

    it("changes nothing when something else is missing, or nothing any more", async () => {
      const other = { ...detach, input: { ...input, UserName: "carol" } };
      const more = await rolledBack(halfMade(other, other), [{ PolicyArn: input.PolicyArn }]);
      expect(more.problem).to.match(/somebody repeated the change/);
      const done = await rolledBack(halfMade(detach, detach));
      expect(done.problem).to.match(/expected the state that the fix of/);
      expect([...more.operations, ...done.operations]).not.to.include("AttachUserPolicy");
    });
  });

  const refused: [what: string, item: object | undefined, problem: RegExp][] = [
    ["there is no such finding", undefined, /expected a finding .* in the table findings, found none/],
    [
      "nothing was fixed",
      { ...item, plan: undefined, outcome: { S: "alerted" } },
      /expected a finding with a fix that was made or tried, found .* with alerted/,
    ],
    ["nobody knows yet what came of it", { id: item.id }, /found .* with no outcome/],
    [
      "it was rolled back before",
      { ...item, rolledBackAt: { S: "2026-05-04T11:00:00Z" }, rolledBackBy: { S: by } },
      /already rolled back, at 2026-05-04T11:00:00Z by .*alice/,
    ],
    [
      "the receipt has no calls",
      { ...item, plan: { S: JSON.stringify({ summary: "", calls: [], rollback: [] }) } },
      /cannot be rolled back: its receipt has no calls/,
    ],
    [
      "the fix failed at its first call",
      {
        ...item,
        outcome: { S: "failed" },
        plan: { S: JSON.stringify({ summary: "", calls: [call("DetachUserPolicy")], rollback: [] }) },
      },
      /no call of the fix of .* was made: there is nothing to roll back/,
    ],
    ["what it was planned from was not kept", { ...item, basis: undefined }, /unknown whether.*--force/],
  ];
  for (const [what, kept, problem] of refused)
    it(`changes nothing when ${what}`, async () => {
      const answer = await rolledBack(kept);
      expect(answer.problem).to.match(problem);
      expect(answer.operations).to.deep.equal(["GetItem"]);
    });
});
