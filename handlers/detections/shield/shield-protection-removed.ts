import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const shieldProtectionRemoved: Detection = {
  id: "shield-protection-removed",
  title: "Shield protection removed",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "shield:DeleteProtection",
    "shield:DeleteProtectionGroup",
    "shield:DeleteSubscription",
    "shield:DisableApplicationLayerAutomaticResponse",
    "shield:DisableProactiveEngagement",
    "shield:DisassociateDRTRole",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["protectionId", "protectionGroupId", "resourceArn"],
      [
        ...named(record, "AWS::Shield::Protection", "protectionId"),
        ...named(record, "AWS::Shield::ProtectionGroup", "protectionGroupId"),
      ],
    ),
  runbook: [
    "Protect the resource again (CreateProtection) unless that is no longer needed.",
    "Look at the traffic of the resource.",
    "Deny these calls to everybody but the security team with a service control policy.",
  ],
  falsePositives: ["A resource that is retired."],
  references: [
    "https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_DeleteProtection.html",
    "https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_CreateProtection.html",
  ],
};
