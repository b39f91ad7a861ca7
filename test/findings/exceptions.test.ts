import { expect } from "chai";
import { verdictOf } from "../../handlers/findings/exceptions";
import type { Exception } from "../../handlers/settings";
import { aFinding, aMinuteLater } from "../support/factories";

describe("verdictOf", () => {
  const exception = (own: Partial<Exception> = {}): Exception => ({
    detection: "iam-*",
    reason: "migration",
    owner: "ops@example.com",
    until: "2026-06-01",
    ...own,
  });
  const passes = (own: Partial<Exception>, finding = aFinding()) =>
    verdictOf(finding, [exception(own)], aMinuteLater).passes;

  it("lets a finding pass that everything given covers", () => {
    expect(passes({})).to.equal(true);
    expect(
      passes({ principal: "arn:aws:iam::111122223333:user/mal*", region: "us-east-1", resource: "bob" }),
    ).to.equal(true);
  });

  it("does not when one thing given does not cover it", () => {
    expect(passes({ detection: "s3-*" })).to.equal(false);
    expect(passes({ principal: "arn:aws:iam::111122223333:user/alice" })).to.equal(false);
    expect(passes({ account: "999999999999" })).to.equal(false);
    expect(passes({ region: "eu-west-1" })).to.equal(false);
    expect(passes({ resource: "alice" })).to.equal(false);
  });

  it("covers a session by the role behind it", () => {
    const finding = aFinding({}, undefined, {
      arn: "arn:aws:sts::111122223333:assumed-role/deploy/ci",
      role: { name: "deploy", arn: "arn:aws:iam::111122223333:role/deploy" },
    });
    expect(passes({ principal: "arn:aws:iam::111122223333:role/deploy" }, finding)).to.equal(true);
  });

  it("does not cover a call that touched another resource as well, or none that is known", () => {
    const withResources = (...ids: string[]) =>
      aFinding({ match: { evidence: [], resources: ids.map((id) => ({ type: "AWS::IAM::User", id })) } });
    expect(passes({ resource: "bob" }, withResources("bob", "eve"))).to.equal(false);
    expect(passes({ resource: "bob" }, withResources())).to.equal(false);
  });

  it("counts no more once its until is past", () => {
    expect(passes({ until: "2026-05-04T10:00:59Z" })).to.equal(false);
    expect(passes({ until: "2026-05-04T10:01:01Z" })).to.equal(true);
  });

  for (const broken of [
    { until: "" },
    { until: "soon" },
    { reason: "" },
    { owner: undefined },
    { region: 7 },
  ])
    it(`is unknown, so that nothing is fixed, for an entry with ${JSON.stringify(broken)}`, () => {
      const entries = [exception(), exception(broken as Partial<Exception>)];
      expect(verdictOf(aFinding(), entries, aMinuteLater).passes).to.equal("unknown");
    });
});
