import { fixIamPolicyEscalation } from "../../../../handlers/remediations/iam/iam-policy-escalation";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, planned } from "../../../support/planning";

describe("remediate iam-policy-escalation", () => {
  const PolicyArn = `arn:aws:iam::${account}:policy/deployers`;
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "iam:PutUserPolicy", Resource: "*" }],
  });

  it("detaches the policy from who got it", async () => {
    const plan = await planned(
      fixIamPolicyEscalation,
      { eventName: "AttachRolePolicy", requestParameters: { roleName: "ci", policyArn: PolicyArn } },
      { aws: { "iam:ListAttachedRolePolicies": { AttachedPolicies: [{ PolicyArn }] } } },
    );
    const input = { RoleName: "ci", PolicyArn };
    expectPlan(plan, [["DetachRolePolicy", input]], [["AttachRolePolicy", input]]);
  });

  it("deletes the inline policy that the call put", async () => {
    const named = { UserName: "bob", PolicyName: "more" };
    const plan = await planned(
      fixIamPolicyEscalation,
      {
        eventName: "PutUserPolicy",
        requestParameters: { userName: "bob", policyName: "more", policyDocument: document },
      },
      { aws: { "iam:GetUserPolicy": { ...named, PolicyDocument: encodeURIComponent(document) } } },
    );
    expectPlan(
      plan,
      [["DeleteUserPolicy", named]],
      [["PutUserPolicy", { ...named, PolicyDocument: document }]],
    );
  });

  it("leaves a policy that nobody has yet", async () => {
    const plan = await planned(fixIamPolicyEscalation, {
      eventName: "CreatePolicy",
      requestParameters: { policyName: "deployers", policyDocument: document },
    });
    expectOutcome(plan, "refused");
  });
});
