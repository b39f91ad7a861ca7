import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const kmsKeyStoreDisconnected: Detection = {
  id: "kms-key-store-disconnected",
  title: "Custom key store disconnected, changed or deleted",
  severity: "high",
  attack: { technique: "T1489" },
  tier: "extended",
  noise: "rare",
  events: ["kms:DeleteCustomKeyStore", "kms:DisconnectCustomKeyStore", "kms:UpdateCustomKeyStore"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["customKeyStoreId", "newCustomKeyStoreName", "xksProxyUriEndpoint"],
      named(record, "AWS::KMS::CustomKeyStore", "customKeyStoreId"),
    ),
  runbook: [
    "Connect it again (ConnectCustomKeyStore): until then none of its keys encrypts or decrypts.",
    "If its proxy was changed, find out who runs the new address before anything uses a key.",
    "Look at what else the same actor did to keys and backups.",
  ],
  falsePositives: ["Maintenance of the CloudHSM cluster or the external key manager."],
  references: [
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_DisconnectCustomKeyStore.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html",
  ],
};
