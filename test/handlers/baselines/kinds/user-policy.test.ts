import { describeKind } from "./describe-kind";

const PolicyDocument = "%7B%22Statement%22%3A%5B%5D%7D";
const called = { requestParameters: { userName: "ops", policyName: "all" } };

describeKind("userPolicy", {
  read: {
    id: "ops/all",
    answers: { "iam:GetUserPolicy": { UserName: "ops", PolicyName: "all", PolicyDocument } },
    state: { GetUserPolicy: { PolicyDocument } },
  },
  list: {
    answers: {
      "iam:GetAccountAuthorizationDetails": ({ Filter }) => ({
        [`${(Filter as string[])[0]}DetailList`]: [
          {
            UserName: "ops",
            UserPolicyList: [{ PolicyName: "all", PolicyDocument }, { PolicyName: "some" }],
          },
          { UserName: "other", UserPolicyList: [] },
        ],
      }),
    },
    found: [
      { id: "ops/all", region: "us-east-1" },
      { id: "ops/some", region: "us-east-1" },
    ],
  },
  setBy: [
    ["iam:DeleteUserPolicy", called, ["ops/all"]],
    ["iam:PutUserPolicy", called, ["ops/all"]],
    ["iam:PutUserPolicy", { requestParameters: { userName: "ops" } }, []],
  ],
});
