import type { Remediation } from "../remediation";
import { closeTrust } from "../support/trust-policy";

/** Removes the foreign principals from the new role's trust policy. The role stays, with its policies. */
export const fixIamRoleCreatedExternalTrust: Remediation = {
  ...closeTrust("iam-role-created-external-trust", "assumeRolePolicyDocument"),
  baselines: [],
};
