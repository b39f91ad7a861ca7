import type { Detection } from "../detection";
import { trustOpened } from "../readers/trust";

export const iamRoleCreatedExternalTrust: Detection = {
  id: "iam-role-created-external-trust",
  title: "Role created with trust to another account",
  severity: "high",
  attack: { technique: "T1136.003" },
  tier: "core",
  noise: "changes",
  events: ["iam:CreateRole"],
  remediation: "contain",
  match(record, context) {
    return trustOpened(record, context, "assumeRolePolicyDocument");
  },
  runbook: [
    "Find out whose account it is; add it to `trustedAccounts` if it is a partner's.",
    "If nobody knows it, remove the account from the trust policy, or deny the role everything, before you investigate further.",
    "List the policies attached to the role since then, and AssumeRole calls on it.",
  ],
  falsePositives: ["Roles for a vendor's monitoring or cost tools; roles between accounts of one company."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html",
  ],
};
