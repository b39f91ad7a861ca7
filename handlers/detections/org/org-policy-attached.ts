import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const orgPolicyAttached: Detection = {
  id: "org-policy-attached",
  title: "Policy of the organization made or attached",
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
    "Read the policy: it can lock everybody out of an account, or let through what the one before denied.",
    "Detach it (DetachPolicy) if nobody knows it.",
    "Look at what was denied since in the accounts below.",
  ],
  falsePositives: ["A policy that is introduced by hand."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html",
  ],
};
