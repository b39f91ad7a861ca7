import { expect } from "chai";
import { whyNotOnly } from "../../../handlers/findings/only";
import type { TagVerdict } from "../../../handlers/findings/tags";
import type { Only } from "../../../handlers/settings";
import { aFinding, awsError } from "../../support/factories";

describe("what a detection's `only` leaves unfixed", () => {
  const noTag = () => Promise.reject(new Error("no tag was to be asked for"));
  const why = (only: Only) => whyNotOnly(aFinding(), only, noTag);

  it("is nothing that matches all that is given", async () => {
    expect(await why({})).to.equal(undefined);
    expect(await why({ resource: "b*", region: "us-*", principal: "*:user/mal*" })).to.equal(undefined);
  });

  for (const [what, only] of [
    ["another resource", { resource: "alice" }],
    ["another region", { region: "eu-*" }],
    ["another principal", { principal: "*:user/alice" }],
    ["one of several that differs", { resource: "bob", region: "eu-*" }],
  ] as const)
    it(`is ${what}, and the reason quotes the setting`, async () => {
      expect(await why(only)).to.equal(`only what matches ${JSON.stringify(only)} is fixed`);
    });

  it("is what touched another resource as well", async () => {
    const both = aFinding({
      match: { evidence: [], resources: ["bob", "eve"].map((id) => ({ type: "AWS::IAM::User", id })) },
    });
    expect(await whyNotOnly(both, { resource: "bob" }, noTag)).to.match(/^only what matches/);
  });

  describe("by tag", () => {
    const tagged = (verdict: TagVerdict | Error) =>
      whyNotOnly(aFinding(), { tag: "stage=dev" }, async () => {
        if (verdict instanceof Error) throw verdict;
        return verdict;
      });

    it("is what lacks the tag, or has one that the caller could have set", async () => {
      expect(await tagged({ has: true, counts: true })).to.equal(undefined);
      expect(await tagged({ has: false })).to.equal("only what has the tag stage=dev is fixed");
      expect(await tagged({ has: true, counts: false, why: "root may set any tag" })).to.equal(
        "only what has the tag stage=dev is fixed, and it is ignored: root may set any tag",
      );
    });

    it("is what cannot be read, unless that passes", async () => {
      expect(await tagged(awsError("AccessDenied", "no"))).to.match(/and it could not be checked: .*no/);
      const error = await tagged(awsError("ThrottlingException")).then(
        () => undefined,
        (cause: Error) => cause.name,
      );
      expect(error).to.equal("ThrottlingException");
    });
  });
});
