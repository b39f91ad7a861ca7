import { textParameterOf } from "../../cloudtrail/parameters";
import type { Detection } from "../detection";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { accountIn, isAwsService, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

export const backupCopiedExternal: Detection = {
  id: "backup-copied-external",
  title: "Backup copied to another account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: ["backup:StartCopyJob"],
  remediation: "alert",
  match(record, context) {
    if (isAwsService(record)) return undefined;
    const vault = textParameterOf(record, "destinationBackupVaultArn");
    if (!isForeign(accountIn(vault), context)) return uninspected(record);
    return {
      evidence: shown(record, "destinationBackupVaultArn", "recoveryPointArn", "sourceBackupVaultName"),
      resources: named(record, "AWS::Backup::RecoveryPoint", "recoveryPointArn"),
    };
  },
  runbook: [
    "Find out whose account the destination vault is in; add it to `trustedAccounts` if it is a known backup account.",
    "Stop the copy job (aws backup stop-backup-job) if nobody knows it, and ask that account's owner to delete the copy.",
    "Look for other copies, shares and exports by the same actor.",
  ],
  falsePositives: ["Copies to a backup account of the organization that is not in `trustedAccounts` yet."],
  references: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartCopyJob.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html",
  ],
};
