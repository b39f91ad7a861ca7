import { closeTrust } from "../support/trust-policy";

/** Removes the foreign principals that the event let in from the role's trust policy. */
export const fixIamRoleTrustExternal = closeTrust("iam-role-trust-external", "policyDocument");
