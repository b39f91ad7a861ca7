import { closeTrust } from "../support/trust-policy";

/** Takes the foreign principals that the event let in out of the role's trust policy. */
export const fixIamRoleTrustExternal = closeTrust("iam-role-trust-external", "policyDocument");
