import { expect } from "chai";
import { verdictOf } from "../../../handlers/findings/exceptions";
import type { TagVerdict } from "../../../handlers/findings/tags";
import type { Exception } from "../../../handlers/settings";
import { aFinding, aMinuteLater, awsError } from "../../support/factories";

describe("verdictOf", () => {
  const exception = (own: Partial<Exception> = {}): Exception => ({
    detection: "iam-*",
    reason: "migration",
    owner: "ops@example.com",
    until: "2026-06-01",
    ...own,
  });
  const noTag = () => Promise.reject(new Error("no tag was to be asked for"));
  const passes = async (own: Partial<Exception>, finding = aFinding()) =>
    (await verdictOf(finding, [exception(own)], aMinuteLater, noTag)).passes;

  it("covers a finding that matches everything given", async () => {
    expect(await passes({})).to.equal(true);
    expect(
      await passes({
        principal: "arn:aws:iam::111122223333:user/mal*",
        region: "us-east-1",
        resource: "bob",
      }),
    ).to.equal(true);
  });

  it("does not if one thing given does not match", async () => {
    expect(await passes({ detection: "s3-*" })).to.equal(false);
    expect(await passes({ principal: "arn:aws:iam::111122223333:user/alice" })).to.equal(false);
    expect(await passes({ account: "999999999999" })).to.equal(false);
    expect(await passes({ region: "eu-west-1" })).to.equal(false);
    expect(await passes({ resource: "alice" })).to.equal(false);
  });

  it("covers a session by the role behind it", async () => {
    const finding = aFinding({}, undefined, {
      arn: "arn:aws:sts::111122223333:assumed-role/deploy/ci",
      role: { name: "deploy", arn: "arn:aws:iam::111122223333:role/deploy" },
    });
    expect(await passes({ principal: "arn:aws:iam::111122223333:role/deploy" }, finding)).to.equal(true);
  });

  it("does not cover a call that also touched another resource, or none that is known", async () => {
    const withResources = (...ids: string[]) =>
      aFinding({ match: { evidence: [], resources: ids.map((id) => ({ type: "AWS::IAM::User", id })) } });
    expect(await passes({ resource: "bob" }, withResources("bob", "eve"))).to.equal(false);
    expect(await passes({ resource: "bob" }, withResources())).to.equal(false);
  });

  it("does not apply after its until", async () => {
    expect(await passes({ until: "2026-05-04T10:00:59Z" })).to.equal(false);
    expect(await passes({ until: "2026-05-04T10:01:01Z" })).to.equal(true);
  });

  for (const broken of [
    { until: "" },
    { until: "soon" },
    { reason: "" },
    { owner: undefined },
    { region: 7 },
    { tag: 7 },
    { tag: "team" },
  ])
    it(`is unknown, so that nothing is fixed, for an entry with ${JSON.stringify(broken)}`, async () => {
      const entries = [exception(), exception(broken as Partial<Exception>)];
      expect((await verdictOf(aFinding(), entries, aMinuteLater, noTag)).passes).to.equal("unknown");
    });

  describe("by tag", () => {
    const asked: string[] = [];
    const verdict = (tagged: TagVerdict | Error, own: Partial<Exception> = {}) =>
      verdictOf(aFinding(), [exception({ tag: "team=web", ...own })], aMinuteLater, async (tag) => {
        asked.push(tag);
        if (tagged instanceof Error) throw tagged;
        return tagged;
      });

    it("covers what has a tag that counts", async () => {
      expect((await verdict({ has: true, counts: true })).passes).to.equal(true);
      expect(await verdict({ has: false })).to.deep.equal({ passes: false, notes: [] });
    });

    it("says why a tag is ignored", async () => {
      expect(await verdict({ has: true, counts: false, why: "root may set any tag" })).to.deep.equal({
        passes: false,
        notes: ["the tag team=web is ignored: root may set any tag"],
      });
    });

    it("is unknown, so that nothing is fixed, when that cannot be seen", async () => {
      const found = await verdict(awsError("AccessDenied", "no"));
      expect(found).to.have.property("passes", "unknown");
      expect(found)
        .to.have.property("problem")
        .that.matches(/unable to check the tag team=web: AccessDenied/);
    });

    it("is read only if everything else matches", async () => {
      asked.length = 0;
      await verdict({ has: false }, { region: "eu-west-1" });
      await verdict({ has: false }, { until: "2026-01-01" });
      expect(asked).to.deep.equal([]);
    });
  });
});
