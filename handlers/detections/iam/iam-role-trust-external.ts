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
    "Find out whose account it is; add it to `trustedAccounts` when it is a partner's, else take the statement out of the trust policy.",
    "Look for AssumeRole on the role from that account since, and end its sessions if there were any.",
    "See what the role may do, and which other roles the actor changed: one back door seldom comes alone.",
  ],
  falsePositives: ["A vendor or a sister account that is let in on purpose, best with an external id."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],
};
