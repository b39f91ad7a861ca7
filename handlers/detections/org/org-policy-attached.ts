import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const orgPolicyAttached: Detection = {
  id: "org-policy-attached",
  title: "Organization policy created or attached",
  severity: "medium",
  attack: { technique: "T1666" },
  tier: "extended",
  noise: "work",
  events: ["organizations:AttachPolicy", "organizations:CreatePolicy", "organizations:EnablePolicyType"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["policyId", "targetId", "name", "type", "policyType"],
      [
        ...named(record, "AWS::Organizations::Policy", "policyId"),
        ...named(record, "AWS::Organizations::Target", "targetId"),
      ],
    ),
  runbook: [
    "Read the policy: it can lock everybody out of an account, or allow what the previous one denied.",
    "Detach it (DetachPolicy) if nobody can explain it.",
    "Look at what was denied since then in the accounts below.",
  ],
  falsePositives: ["A new policy that is introduced by hand."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html",
  ],
};
