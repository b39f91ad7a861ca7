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
    "Protect the resource again (CreateProtection) unless it is not needed any more.",
    "Look at the traffic of what was protected.",
    "Deny these calls by a service control policy to all but the security team.",
  ],
  falsePositives: ["A resource that is taken out of service."],
  references: [
    "https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_DeleteProtection.html",
    "https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_CreateProtection.html",
  ],
};
