import type { Call } from "../../handlers/aws/call";
import { expect } from "chai";
import { takeBack } from "../../cli/undo";
import type { RollbackPermit } from "../../handlers/findings/rollback-permit";
import { account, aFinding, aRecord, fakeAws } from "../support/factories";

describe("cloudtrailer undo", () => {
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

  /** Takes back from a table with this item. @returns the calls that were made, and what went wrong */
  async function undone(Item: object, AttachedPolicies: object[] = []) {
    const { aws, calls } = fakeAws({
      "dynamodb:GetItem": { Item },
      "dynamodb:PutItem": {},
      "dynamodb:UpdateItem": {},
      "sts:GetCallerIdentity": { Arn: by },
      "iam:ListAttachedUserPolicies": { AttachedPolicies },
      "iam:AttachUserPolicy": {},
    });
    const options = { finding: id, why: "planned", table: "findings", region: "us-west-2", out: () => {} };
    const problem = await takeBack({ ...options, callAws: () => aws }).catch((error: Error) => error.message);
    return { calls, operations: calls.map(({ operation }) => operation), problem };
  }

  it("writes a permit for the finding's account and resources and for the receipt's calls, then makes them", async () => {
    const { calls, operations, problem } = await undone(item);
    expect(problem).to.equal(undefined);
    expect(operations.indexOf("PutItem")).to.be.lessThan(operations.indexOf("AttachUserPolicy"));
    const put = calls.find(({ operation }) => operation === "PutItem")?.input.Item as Record<
      string,
      { S: string }
    >;
    expect(put.by).to.deep.equal({ S: by });
    expect(JSON.parse(String(put.bounds?.S)) as RollbackPermit).to.deep.equal({
      account,
      resources: ["bob"],
      calls: [call("AttachUserPolicy")],
    });
  });

  it("changes nothing, and permits nothing, when it was done again since", async () => {
    const { operations, problem } = await undone(item, [{ PolicyArn: input.PolicyArn }]);
    expect(problem).to.match(/it was done again/);
    expect(operations).to.deep.equal(["GetItem", "ListAttachedUserPolicies"]);
  });
});
