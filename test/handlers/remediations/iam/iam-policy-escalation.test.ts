import { expect } from "chai";
import { fixIamPolicyEscalation } from "../../../../handlers/remediations/iam/iam-policy-escalation";
import { account } from "../../../support/factories";
import { callsOf, expectOutcome, expectPlan, planned } from "../../../support/planning";
import { policyVersions } from "./support";

describe("iam-policy-escalation", () => {
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

  it("leaves one that nobody has yet where the record hides what it says", async () => {
    expectOutcome(await planned(fixIamPolicyEscalation, { eventName: "CreatePolicy" }), "refused");
  });

  it("never sets a version that leads to administrator rights where the new one does not", async () => {
    const read = '{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';
    const admin = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
    const attach = '{"Statement":[{"Effect":"Allow","Action":"iam:Attach*","Resource":"*"}]}';
    const attachAndPut =
      '{"Statement":[{"Effect":"Allow","Action":["iam:Attach*","iam:Put*"],"Resource":"*"}]}';
    const record = {
      eventName: "CreatePolicyVersion",
      requestParameters: { policyArn: PolicyArn, policyDocument: attach, setAsDefault: true },
      responseElements: { policyVersion: { versionId: "v3", isDefaultVersion: true } },
    };
    const plannedWhere = (...documents: string[]) =>
      planned(fixIamPolicyEscalation, record, { aws: policyVersions(...documents) });
    expectOutcome(await plannedWhere(read, attachAndPut, attach), "refused");
    expectOutcome(await plannedWhere(read, admin, attach), "refused");
    const { calls } = callsOf(await plannedWhere(read, attach, attachAndPut));
    expect(calls[0]).to.deep.equal(["SetDefaultPolicyVersion", { PolicyArn, VersionId: "v2" }]);
  });
});
