import type { Detection } from "../detection";
import { trustOpened } from "../readers/trust";

export const iamRoleTrustExternal: Detection = {
  id: "iam-role-trust-external",
  title: "Role trust policy opened to another account or everyone",
  severity: "high",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "changes",
  events: ["iam:UpdateAssumeRolePolicy"],
  remediation: "read-modify",
  match(record, context) {
    return trustOpened(record, context, "policyDocument");
  },
  runbook: [
    "Find out whose account it is; add it to `trustedAccounts` if it is a partner's, otherwise remove the statement from the trust policy.",
    "Look for AssumeRole on the role from that account since then, and revoke its sessions if there were any.",
    "Find out what the role may do, and which other roles the actor changed: one back door seldom comes alone.",
  ],
  falsePositives: [
    "A vendor or sister account that is given access intentionally, preferably with an external ID.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],
};
