import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const kmsKeyRotationDisabled: Detection = {
  id: "kms-key-rotation-disabled",
  title: "Key rotation disabled",
  severity: "low",
  attack: { technique: "T1685", before: "T1562" },
  tier: "extended",
  noise: "changes",
  events: ["kms:DisableKeyRotation"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(record, context, ["keyId"], [...named(record, "AWS::KMS::Key", "keyId")]),
  runbook: [
    "Ask the key's owner why it is no longer renewed every year.",
    "Enable rotation again (aws kms enable-key-rotation) if there is no reason.",
    "Look at what else the actor changed: policies, grants and aliases of keys.",
  ],
  falsePositives: ["A key whose owner rotates it by hand."],
  references: [
    "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html",
  ],
};
