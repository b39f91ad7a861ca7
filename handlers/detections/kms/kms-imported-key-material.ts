import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const kmsImportedKeyMaterial: Detection = {
  id: "kms-imported-key-material",
  title: "KMS key material imported or deleted",
  severity: "high",
  attack: { technique: "T1486" },
  tier: "extended",
  noise: "rare",
  events: ["kms:DeleteImportedKeyMaterial", "kms:ImportKeyMaterial"],
  remediation: "alert",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.keyId",
        "requestParameters.expirationModel",
        "requestParameters.validTo",
      ),
      resources: resourcesOf(
        "AWS::KMS::Key",
        valueAt(record, "requestParameters.keyId") ?? valueAt(record, "responseElements.keyId"),
      ),
    };
  },
  runbook: [
    "Ask the key's administrator whether material was to be imported or removed now: whoever holds the material outside AWS can take the key away at any time.",
    "Find what was encrypted with the key since then (Encrypt, GenerateDataKey, default encryption of buckets and volumes) and move it to your own key.",
    "If material was deleted without need, import the same material again: only that makes the key work again.",
  ],
  falsePositives: ["Companies that bring their own keys and rotate or renew their material on a schedule."],
  references: [
    "https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-delete-key-material.html",
  ],
};
