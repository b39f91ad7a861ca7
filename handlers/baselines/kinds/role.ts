import type { BaselineKind } from "../baseline";
import { described, identities } from "../listing";
import { parameter } from "../setting";

export const role: BaselineKind = {
  type: "AWS::IAM::Role",
  service: "iam",
  actions: ["iam:GetRole"],
  read: { GetRole: (RoleName) => ({ RoleName }) },
  absent: ["NoSuchEntity", "NoSuchEntityException"],
  keep: { GetRole: { Role: ["RoleName", "AssumeRolePolicyDocument", "PermissionsBoundary"] } },
  list: identities("Role", (detail) =>
    described(
      detail,
      (one) => one.RoleName,
      (one) => ({ GetRole: { Role: one } }),
    ),
  ),
  setBy: {
    "iam:CreateRole": parameter("roleName"),
    "iam:PutRolePermissionsBoundary": parameter("roleName"),
    "iam:UpdateAssumeRolePolicy": parameter("roleName"),
  },
};
