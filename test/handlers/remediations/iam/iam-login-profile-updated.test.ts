import { expect } from "chai";
import { fixIamLoginProfileUpdated } from "../../../../handlers/remediations/iam/iam-login-profile-updated";
import type { Answers } from "../../../support/factories";
import { callsOf, expectOutcome, failing, planned } from "../../../support/planning";

const gone = failing("NoSuchEntityException");

describe("iam-login-profile-updated", () => {
  const record = { eventName: "UpdateLoginProfile", requestParameters: { userName: "bob" } };
  const live = (
    answer: Answers[string],
    profile: Answers[string] = { LoginProfile: { UserName: "bob" } },
  ) => ({
    aws: { "iam:GetLoginProfile": profile, "iam:GetUserPolicy": answer },
  });
  const input = { UserName: "bob", PolicyName: "cloudtrailer-no-console" };

  it("shuts the user out of the console, and not the user's keys", async () => {
    const plan = await planned(fixIamLoginProfileUpdated, record, live(gone));
    const { calls, rollback } = callsOf(plan) as {
      calls: [string, Record<string, string>][];
      rollback: unknown[];
    };
    expect(rollback).to.deep.equal([["DeleteUserPolicy", input]]);
    expect(calls).to.have.length(1);
    const [operation, { PolicyDocument, ...rest }] = calls[0]!;
    expect([operation, rest]).to.deep.equal(["PutUserPolicy", input]);
    expect(JSON.parse(PolicyDocument!).Statement).to.deep.equal([
      { Effect: "Deny", Action: "*", Resource: "*", Condition: { Null: { "aws:TokenIssueTime": "false" } } },
    ]);
    // What it wrote, it finds again.
    const written = live({ PolicyDocument: encodeURIComponent(PolicyDocument!) });
    expectOutcome(await planned(fixIamLoginProfileUpdated, record, written), "already-ok");
  });

  it("otherwise says why not", async () => {
    expectOutcome(await planned(fixIamLoginProfileUpdated, record, live({}, gone)), "already-ok");
    const other = live({ PolicyDocument: encodeURIComponent('{"Statement":[]}') });
    expectOutcome(await planned(fixIamLoginProfileUpdated, record, other), "changed-since");
  });
});
