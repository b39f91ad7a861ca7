import { expect } from "chai";
import { checkedMatch, notShown } from "../../../handlers/detections/match";
import { deep } from "../../support/hostile";

describe("what a detection may return", () => {
  const match = {
    evidence: [{ parameter: "requestParameters.userName", value: "bob", why: "is somebody else" }],
    resources: [{ type: "AWS::IAM::User", id: "bob" }],
  };

  it("is a match, which stays as it is", () => {
    for (const one of [match, { evidence: [], resources: [] }, { ...match, severity: "low", title: "Other" }])
      expect(checkedMatch(one)).to.equal(one);
  });

  const wrong: [what: string, found: unknown, expected: RegExp][] = [
    ["true", true, /expected a match .* or nothing, found true/],
    ["a text", "yes", /found "yes"/],
    ["a promise", Promise.resolve(match), /found a promise: match must not be async/],
    ["evidence without resources", { evidence: [] }, /expected a match/],
    [
      "evidence without a parameter",
      { ...match, evidence: [{ value: 1 }] },
      /expected evidence .*found {"value":1}/,
    ],
    ["evidence that is nothing", { ...match, evidence: [undefined] }, /expected evidence .*found nothing/],
    ["a resource that is null", { ...match, resources: [null] }, /expected evidence .*found null/],
    ["a resource with a number", { ...match, resources: [{ type: "AWS::IAM::User", id: 5 }] }, /"id":5/],
    ["a title that cannot be text", { ...match, title: { toString: 1 } }, /expected a text as title/],
    [
      "a severity that is none",
      { ...match, severity: "urgent" },
      /expected a severity of critical, .*"urgent"/,
    ],
  ];
  for (const [what, found, expected] of wrong)
    it(`is not ${what}`, () => expect(() => checkedMatch(found)).to.throw(expected));

  it("has evidence that everybody can write down, however deep a record is", () => {
    const circular: unknown[] = [];
    circular.push(circular);
    const values: unknown[] = [5n, Symbol("x"), () => 1, circular];
    for (const value of values) {
      const { evidence } = checkedMatch({ ...match, evidence: [{ parameter: "x", value }] });
      expect(evidence).to.deep.equal([{ parameter: "x", value: notShown }]);
    }
    const value = deep();
    expect(checkedMatch({ ...match, evidence: [{ parameter: "x", value }] }).evidence[0]?.value).to.equal(
      value,
    );
  });
});
