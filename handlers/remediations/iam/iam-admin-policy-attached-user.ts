import { detachPolicy } from "../support/detach-policy";

/** Detaches the administrator policy from the user. */
export const undoIamAdminPolicyAttachedUser = detachPolicy("iam-admin-policy-attached-user", "User");
