import type { Detection } from "../detection";
import { readsOf } from "../ask";
import { administratorAttached, askedPolicy } from "../readers/administrator";

export const iamAdminPolicyAttachedUser: Detection = {
  id: "iam-admin-policy-attached-user",
  title: "Administrator policy attached to a user",
  severity: "critical",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "rare",
  events: ["iam:AttachUserPolicy"],
  remediation: "inverse",
  asks: (record) => askedPolicy(record),
  reads: readsOf.managedPolicy,
  match(record, context, answers) {
    return administratorAttached(record, context, answers);
  },
  runbook: [
    "Detach the policy unless a change request names it: an administrator's long-lived keys are the worst to lose.",
    "List what the user did since then, and its access keys: a new user with a new key and this policy is a back door.",
    "Find out why the actor has iam:AttachUserPolicy, and give people administrator rights through a role with MFA instead.",
  ],
  falsePositives: ["The first administrator of a new account; an emergency user that is kept locked away."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html",
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  ],
};
