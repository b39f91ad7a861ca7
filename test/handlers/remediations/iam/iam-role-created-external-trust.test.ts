import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectPlan, kept } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("iam-role-created-external-trust", () => {
  const own = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "sts:AssumeRole",
  };
  const foreign = { Effect: "Allow", Principal: { AWS: stranger }, Action: "sts:AssumeRole" };
  const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
  const role = (...statements: object[]) => ({
    Role: { AssumeRolePolicyDocument: encodeURIComponent(document(...statements)) },
  });
  const put = (...statements: object[]) => [
    "UpdateAssumeRolePolicy",
    { RoleName: "app", PolicyDocument: document(...statements) },
  ];

  it("removes the foreign statement, whatever a role of that name trusted before", async () => {
    expectPlan(
      await plannedFor(
        "iam-role-created-external-trust",
        "iam:CreateRole",
        { requestParameters: { roleName: "app", assumeRolePolicyDocument: document(own, foreign) } },
        {
          aws: { "iam:GetRole": role(own, foreign) },
          baselines: kept(baselineKinds.role, "us-east-1", "app", { GetRole: role(foreign) }),
        },
      ),
      [put(own)],
      [put(own, foreign)],
    );
  });
});
