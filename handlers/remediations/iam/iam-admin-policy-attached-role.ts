import { detachPolicy } from "../support/detach-policy";

/** Detaches the administrator policy from the role. */
export const fixIamAdminPolicyAttachedRole = detachPolicy("iam-admin-policy-attached-role", "Role");
