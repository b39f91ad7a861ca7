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
    "Find out whose account it is; add it to `trustedAccounts` when it is a partner's.",
    "If nobody knows it, take the account out of the trust policy, or deny everything to the role, before you ask further.",
    "List the policies that were attached to the role since and the AssumeRole calls on it.",
  ],
  falsePositives: ["Roles for monitoring or cost tools of a vendor; roles between accounts of one company."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html",
  ],
};
