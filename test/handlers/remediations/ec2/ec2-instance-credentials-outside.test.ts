import { expect } from "chai";
import { fixEc2InstanceCredentialsOutside } from "../../../../handlers/remediations/ec2/ec2-instance-credentials-outside";
import { callsOf, expectOutcome, failing, planned } from "../../../support/planning";

const gone = failing("NoSuchEntityException");

describe("ec2-instance-credentials-outside", () => {
  const record = { eventSource: "s3.amazonaws.com", eventName: "ListBuckets" };

  it("denies the role's sessions of before everything", async () => {
    const plan = await planned(fixEc2InstanceCredentialsOutside, record, {
      aws: { "iam:GetRolePolicy": gone },
      actor: { type: "AssumedRole", name: "web/i-1", role: { name: "web" } },
    });
    const { calls, rollback } = callsOf(plan) as {
      calls: [string, Record<string, string>][];
      rollback: unknown[];
    };
    const input = { RoleName: "web", PolicyName: "cloudtrailer-quarantine" };
    expect(rollback).to.deep.equal([["DeleteRolePolicy", input]]);
    const { PolicyDocument, ...rest } = calls[0]![1];
    expect([calls.length, calls[0]![0], rest]).to.deep.equal([1, "PutRolePolicy", input]);
    const [statement] = JSON.parse(PolicyDocument!).Statement as {
      Effect: string;
      Condition: { DateLessThan: Record<string, string> };
    }[];
    expect(statement?.Effect).to.equal("Deny");
    expect(Date.parse(statement!.Condition.DateLessThan["aws:TokenIssueTime"]!)).to.be.greaterThan(
      Date.parse("2026-05-04T10:00:00Z"),
    );
  });

  it("refuses a caller without a role", async () => {
    expectOutcome(await planned(fixEc2InstanceCredentialsOutside, record), "refused");
  });
});
