import { describeKind } from "./describe-kind";

const PermissionsBoundary = { PermissionsBoundaryArn: "arn:aws:iam::111122223333:policy/b" };

describeKind("user", {
  read: {
    id: "bob",
    answers: {
      "iam:GetUser": { User: { UserName: "bob", PermissionsBoundary, PasswordLastUsed: new Date(0) } },
    },
    state: { GetUser: { User: { UserName: "bob", PermissionsBoundary } } },
  },
  list: {
    answers: {
      "iam:GetAccountAuthorizationDetails": ({ Marker }) =>
        Marker === undefined
          ? { UserDetailList: [{ UserName: "bob", PermissionsBoundary, UserPolicyList: [] }], Marker: "more" }
          : { UserDetailList: [{ UserName: "eve" }] },
    },
    found: [
      { id: "bob", region: "us-east-1" },
      { id: "eve", region: "us-east-1" },
    ],
  },
  setBy: [
    ["iam:CreateUser", { requestParameters: { userName: "u" } }, ["u"]],
    ["iam:PutUserPermissionsBoundary", { requestParameters: { userName: "u" } }, ["u"]],
  ],
});
