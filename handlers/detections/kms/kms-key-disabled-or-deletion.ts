import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const kmsKeyDisabledOrDeletion: Detection = {
  id: "kms-key-disabled-or-deletion",
  title: "KMS key disabled or scheduled for deletion",
  severity: "high",
  attack: { technique: "T1485" },
  tier: "core",
  noise: "changes",
  events: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.keyId",
        "requestParameters.pendingWindowInDays",
        "responseElements.deletionDate",
      ),
      resources: resourcesOf(
        "AWS::KMS::Key",
        valueAt(record, "requestParameters.keyId") ?? valueAt(record, "responseElements.keyId"),
      ),
    };
  },
  runbook: [
    "Find out what the key protects before anything else fails: its grants and aliases, and Decrypt calls with it in the last days.",
    "If nobody planned it, cancel the deletion (which leaves the key disabled), enable the key, and check that its key policy was not changed, too.",
    "Look at what the actor did to backups, snapshots and buckets in the same hour: keys are disabled to keep owners from their data.",
  ],
  falsePositives: [
    "A key that is retired after its data was re-encrypted; infrastructure as code that destroys a test stack.",
  ],
  references: [
    "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html",
  ],
};
