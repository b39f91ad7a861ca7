import type { Detection } from "../detection";
import { readsOf } from "../ask";
import { administratorAttached, askedPolicy } from "../readers/administrator";
import { isAutomation } from "../readers/principal";

export const iamAdminPolicyAttachedRole: Detection = {
  id: "iam-admin-policy-attached-role",
  title: "Administrator policy attached to a role",
  severity: "high",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "changes",
  events: ["iam:AttachRolePolicy"],
  remediation: "inverse",
  asks: (record, context) => (isAutomation(record, context) ? [] : askedPolicy(record)),
  reads: readsOf.managedPolicy,
  match(record, context, answers) {
    if (isAutomation(record, context)) return undefined;
    return administratorAttached(record, context, answers);
  },
  runbook: [
    "Read the role's trust policy: whoever can assume it is now an administrator.",
    "Detach the policy unless its owner can explain it, and revoke the role's older sessions if it was used.",
    "Look for iam:CreateRole and UpdateAssumeRolePolicy by the same actor: the two together are a back door.",
  ],
  falsePositives: [
    "A deployment role set up by infrastructure as code: name its principal in `automation`.",
    "IAM Identity Center that provisions an administrator permission set.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html",
  ],
};
