import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";

describe("lambda-permission-public", () => {
  const request = { functionName: "app", statementId: "backdoor", action: "lambda:InvokeFunction" };
  const statement = (Principal: unknown, Sid = "backdoor") => ({
    Sid,
    Effect: "Allow",
    Principal,
    Action: "lambda:InvokeFunction",
    Resource: `arn:aws:lambda:${region}:${account}:function:app`,
  });
  const policy = (...Statement: object[]) => ({
    Policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
  const attack = (own: object, live: unknown) =>
    plannedFor(
      "lambda-permission-public",
      "lambda:AddPermission20150331v2",
      { requestParameters: { ...request, ...own } },
      { aws: { "lambda:GetPolicy": live as never } },
    );

  it("removes that statement, and would add it with its conditions", async () => {
    const own = {
      principal: "s3.amazonaws.com",
      qualifier: "live",
      sourceArn: `arn:aws:s3:::loot`,
      sourceAccount: stranger,
    };
    const target = { FunctionName: "app", Qualifier: "live", StatementId: "backdoor" };
    expectPlan(
      await attack(own, policy(statement({ Service: "s3.amazonaws.com" }), statement("*", "other"))),
      [["RemovePermission", target]],
      [
        [
          "AddPermission",
          {
            ...target,
            Action: "lambda:InvokeFunction",
            Principal: "s3.amazonaws.com",
            SourceArn: "arn:aws:s3:::loot",
            SourceAccount: stranger,
          },
        ],
      ],
    );
  });

  it("otherwise says what it finds", async () => {
    const everyone = { principal: "*" };
    expectOutcome(await attack(everyone, policy(statement("*", "other"))), "already-ok");
    expectOutcome(await attack(everyone, failing("ResourceNotFoundException")), "already-ok");
    const events = { Service: "events.amazonaws.com" };
    expectOutcome(await attack(everyone, policy(statement(events))), "changed-since");
    const Condition = { StringEquals: { "AWS:SourceAccount": account } };
    expectOutcome(await attack(everyone, policy({ ...statement("*"), Condition })), "changed-since");
    const asked = { ...everyone, sourceAccount: stranger };
    const plan = await attack(asked, policy({ ...statement("*"), Condition }));
    if ("outcome" in plan) throw new Error(plan.reason);
  });
});
