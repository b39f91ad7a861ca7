import { describeKind } from "./describe-kind";

const PolicyDocument = "%7B%22Statement%22%3A%5B%5D%7D";
const called = { requestParameters: { groupName: "ops", policyName: "all" } };

describeKind("groupPolicy", {
  read: {
    id: "ops/all",
    answers: { "iam:GetGroupPolicy": { GroupName: "ops", PolicyName: "all", PolicyDocument } },
    state: { GetGroupPolicy: { PolicyDocument } },
  },
  list: {
    answers: {
      "iam:GetAccountAuthorizationDetails": ({ Filter }) => ({
        [`${(Filter as string[])[0]}DetailList`]: [
          {
            GroupName: "ops",
            GroupPolicyList: [{ PolicyName: "all", PolicyDocument }, { PolicyName: "some" }],
          },
          { GroupName: "other", GroupPolicyList: [] },
        ],
      }),
    },
    found: [
      { id: "ops/all", region: "us-east-1" },
      { id: "ops/some", region: "us-east-1" },
    ],
  },
  setBy: [
    ["iam:DeleteGroupPolicy", called, ["ops/all"]],
    ["iam:PutGroupPolicy", called, ["ops/all"]],
    ["iam:PutGroupPolicy", { requestParameters: { groupName: "ops" } }, []],
  ],
});
