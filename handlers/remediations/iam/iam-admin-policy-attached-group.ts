import { detachPolicy } from "../support/detach-policy";

/** Detaches the administrator policy from the group. */
export const fixIamAdminPolicyAttachedGroup = detachPolicy("iam-admin-policy-attached-group", "Group");
