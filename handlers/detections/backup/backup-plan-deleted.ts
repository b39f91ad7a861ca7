import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const backupPlanDeleted: Detection = {
  id: "backup-plan-deleted",
  title: "Backup plan or protection deleted, or backup stopped",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "extended",
  noise: "changes",
  events: [
    "backup:DeleteBackupPlan",
    "backup:DeleteBackupSelection",
    "backup:DeleteBackupVaultAccessPolicy",
    "backup:DisassociateRecoveryPoint",
    "backup:StopBackupJob",
    "dlm:DeleteLifecyclePolicy",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["backupPlanId", "selectionId", "backupJobId", "policyId", "recoveryPointArn", "backupVaultName"],
      [
        ...named(record, "AWS::Backup::BackupPlan", "backupPlanId"),
        ...named(record, "AWS::DLM::LifecyclePolicy", "policyId"),
        ...named(record, "AWS::Backup::RecoveryPoint", "recoveryPointArn"),
      ],
    ),
  runbook: [
    "Ask the actor which plan now backs up the same resources; without one there is nothing to restore from.",
    "Recreate the plan or policy from its template if there is none.",
    "Look for deletions of recovery points and snapshots by the same actor.",
  ],
  falsePositives: ["A plan that is replaced by another."],
  references: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DeleteBackupPlan.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StopBackupJob.html",
    "https://docs.aws.amazon.com/dlm/latest/APIReference/API_DeleteLifecyclePolicy.html",
  ],
};
