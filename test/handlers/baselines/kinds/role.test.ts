import { describeKind } from "./describe-kind";

describeKind("role", {
  read: {
    id: "ops",
    answers: {
      "iam:GetRole": { Role: { RoleName: "ops", AssumeRolePolicyDocument: "%7B%7D", RoleLastUsed: {} } },
    },
    state: { GetRole: { Role: { RoleName: "ops", AssumeRolePolicyDocument: "%7B%7D" } } },
  },
  list: {
    region: "cn-northwest-1",
    answers: {
      "iam:GetAccountAuthorizationDetails": {
        RoleDetailList: [{ RoleName: "ops", AssumeRolePolicyDocument: "%7B%7D", RolePolicyList: [] }],
      },
    },
    found: [{ id: "ops", region: "cn-north-1" }],
  },
  setBy: [
    ["iam:CreateRole", { requestParameters: { roleName: "r" } }, ["r"]],
    ["iam:UpdateAssumeRolePolicy", { requestParameters: { roleName: "r" } }, ["r"]],
    ["iam:PutRolePermissionsBoundary", { requestParameters: { roleName: "r" } }, ["r"]],
  ],
});
