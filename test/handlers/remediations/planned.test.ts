import { expect } from "chai";
import { checkedPlan, wrongPlan } from "../../../handlers/remediations/planned";

describe("what a remediation may plan", () => {
  const call = {
    service: "iam",
    operation: "DetachUserPolicy",
    region: "us-east-1",
    input: { UserName: "bob" },
  };
  const plan = { calls: [call], rollback: [call], summary: "Detach it" };

  it("is a plan, or an outcome with a reason", () => {
    const cannot = { outcome: "already-ok", reason: "nothing is left" };
    for (const one of [plan, { ...plan, rollback: [], leaves: "a version" }, cannot])
      expect(checkedPlan(one)).to.equal(one);
  });

  const circular: Record<string, unknown> = { ...plan };
  circular.self = circular;
  const wrong: [what: string, found: unknown, expected: RegExp][] = [
    ["nothing", undefined, /expected a plan .*, found nothing/],
    ["null", null, /expected a plan/],
    ["a text", "detach", /expected a plan/],
    [
      "an outcome that is none of its",
      { outcome: "fixed", reason: "x" },
      /expected an outcome of already-ok, .*"fixed"/,
    ],
    ["an outcome that cannot be text", { outcome: { toString: 1 }, reason: "x" }, /expected an outcome/],
    ["an outcome without a reason", { outcome: "refused" }, /expected a text as the reason/],
    ["no calls", { ...plan, calls: [] }, /expected at least one call/],
    ["no list of calls", { ...plan, calls: call }, /expected a plan/],
    ["no rollback", { calls: [call], summary: "x" }, /expected a plan/],
    ["a call without a region", { ...plan, calls: [{ ...call, region: "" }] }, /expected calls/],
    ["a call with a list for an input", { ...plan, calls: [{ ...call, input: [] }] }, /expected calls/],
    ["a rollback that is none", { ...plan, rollback: [null] }, /expected calls .*, found null/],
    ["no summary", { ...plan, summary: 5 }, /expected a text as summary, found 5/],
    ["what it leaves, as a list", { ...plan, leaves: [] }, /expected a text as leaves/],
    ["what is no JSON", { ...plan, calls: [{ ...call, input: { size: 5n } }] }, /expected a plan of JSON/],
    ["what contains itself", circular, /expected a plan of JSON/],
  ];
  for (const [what, found, expected] of wrong)
    it(`is not ${what}`, () => {
      expect(() => checkedPlan(found))
        .to.throw(expected)
        .with.property("name", wrongPlan);
    });
});
