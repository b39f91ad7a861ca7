import type { Detection } from "../detection";
import { readsOf } from "../ask";
import { administratorAttached, askedPolicy } from "../readers/administrator";

export const iamAdminPolicyAttachedGroup: Detection = {
  id: "iam-admin-policy-attached-group",
  title: "Administrator policy attached to a group",
  severity: "high",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "rare",
  events: ["iam:AttachGroupPolicy"],
  remediation: "inverse",
  asks: (record) => askedPolicy(record),
  reads: readsOf.managedPolicy,
  match(record, context, answers) {
    return administratorAttached(record, context, answers);
  },
  runbook: [
    "List the group's members (aws iam get-group): every one of them is an administrator now.",
    "Detach the policy unless the change was agreed on.",
    "Check whether the actor is a member, and whether somebody was added to the group just before or after.",
  ],
  falsePositives: ["The set-up of an administrators group in a new account."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_attach-policy.html",
  ],
};
