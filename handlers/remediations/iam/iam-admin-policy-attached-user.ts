import { detachPolicy } from "../support/detach-policy";

/** Detaches the administrator policy from the user. */
export const fixIamAdminPolicyAttachedUser = detachPolicy("iam-admin-policy-attached-user", "User");
