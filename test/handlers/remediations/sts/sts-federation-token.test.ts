import { expect } from "chai";
import { fixStsFederationToken } from "../../../../handlers/remediations/sts/sts-federation-token";
import { account, type Answers } from "../../../support/factories";
import { callsOf, expectOutcome, failing, planned, rollbackAfter } from "../../../support/planning";

const gone = failing("NoSuchEntityException");

describe("sts-federation-token", () => {
  const key = "AKIAEXAMPLEMALLORY00";
  const record = {
    eventSource: "sts.amazonaws.com",
    eventName: "GetFederationToken",
    requestParameters: { name: "x" },
  };
  const live = (policy: Answers[string], Status = "Active"): Answers => ({
    "iam:GetUserPolicy": policy,
    "iam:ListAccessKeys": { AccessKeyMetadata: [{ AccessKeyId: key, Status }] },
  });

  it("denies the tokens of before, and deactivates the key that made them", async () => {
    const plan = await planned(fixStsFederationToken, record, { aws: live(gone) });
    const { calls, rollback } = callsOf(plan) as {
      calls: [string, Record<string, string>][];
      rollback: unknown[];
    };
    expect(calls.map(([operation]) => operation)).to.deep.equal(["PutUserPolicy", "UpdateAccessKey"]);
    const allow = ["DeleteUserPolicy", { UserName: "mallory", PolicyName: "cloudtrailer-quarantine" }];
    expect(rollback).to.deep.equal([
      ["UpdateAccessKey", { UserName: "mallory", AccessKeyId: key, Status: "Active" }],
      allow,
    ]);
    expect(rollbackAfter(plan, 1), "the key could not be deactivated").to.deep.equal([allow]);
  });

  it("does what of it is not done yet", async () => {
    const plan = await planned(fixStsFederationToken, record, { aws: live(gone, "Inactive") });
    expect(callsOf(plan).calls).to.have.length(1);
  });

  it("refuses for root, who can be denied nothing", async () => {
    const root = { ...record, userIdentity: { type: "Root", arn: `arn:aws:iam::${account}:root` } };
    expectOutcome(await planned(fixStsFederationToken, root, { actor: { type: "Root" } }), "refused");
  });
});
