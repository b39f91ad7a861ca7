import type { BaselineKind } from "../baseline";
import { described, identities } from "../listing";
import { parameter } from "../setting";

export const user: BaselineKind = {
  type: "AWS::IAM::User",
  service: "iam",
  actions: ["iam:GetUser"],
  read: { GetUser: (UserName) => ({ UserName }) },
  absent: ["NoSuchEntity", "NoSuchEntityException"],
  keep: { GetUser: { User: ["UserName", "PermissionsBoundary"] } },
  list: identities("User", (detail) =>
    described(
      detail,
      (one) => one.UserName,
      (one) => ({ GetUser: { User: one } }),
    ),
  ),
  setBy: {
    "iam:CreateUser": parameter("userName"),
    "iam:PutUserPermissionsBoundary": parameter("userName"),
  },
};
