import { describeKind } from "./describe-kind";

const PolicyDocument = "%7B%22Statement%22%3A%5B%5D%7D";
const called = { requestParameters: { roleName: "ops", policyName: "all" } };

describeKind("rolePolicy", {
  read: {
    id: "ops/all",
    answers: { "iam:GetRolePolicy": { RoleName: "ops", PolicyName: "all", PolicyDocument } },
    state: { GetRolePolicy: { PolicyDocument } },
  },
  list: {
    answers: {
      "iam:GetAccountAuthorizationDetails": ({ Filter }) => ({
        [`${(Filter as string[])[0]}DetailList`]: [
          {
            RoleName: "ops",
            RolePolicyList: [{ PolicyName: "all", PolicyDocument }, { PolicyName: "some" }],
          },
          { RoleName: "other", RolePolicyList: [] },
        ],
      }),
    },
    found: [
      { id: "ops/all", region: "us-east-1" },
      { id: "ops/some", region: "us-east-1" },
    ],
  },
  setBy: [
    ["iam:DeleteRolePolicy", called, ["ops/all"]],
    ["iam:PutRolePolicy", called, ["ops/all"]],
    ["iam:PutRolePolicy", { requestParameters: { roleName: "ops" } }, []],
  ],
});
