import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const backupDestroyed: Detection = {
  id: "backup-destroyed",
  title: "Backup recovery point, vault or vault lock deleted",
  severity: "high",
  attack: { technique: "T1490" },
  tier: "core",
  noise: "rare",
  events: [
    "backup:DeleteBackupVault",
    "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteRecoveryPoint",
  ],
  remediation: "alert",
  match(record) {
    // AWS Backup itself removes what has expired.
    if (valueAt(record, "userIdentity.type") === "AWSService") return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.recoveryPointArn", "requestParameters.backupVaultName"),
      resources: [
        ...resourcesOf("AWS::Backup::RecoveryPoint", valueAt(record, "requestParameters.recoveryPointArn")),
        ...resourcesOf("AWS::Backup::BackupVault", valueAt(record, "requestParameters.backupVaultName")),
      ],
    };
  },
  runbook: [
    "Stop the actor first (deactivate the key, deny the role): each further call destroys a backup for good.",
    "See which recovery points are left, here and in other regions and accounts, and back up what matters again.",
    "Lock the vault again; in compliance mode nobody can delete from it early.",
  ],
  falsePositives: ["Retired systems whose backups are deleted by hand, and test vaults."],
  references: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",
  ],
};
