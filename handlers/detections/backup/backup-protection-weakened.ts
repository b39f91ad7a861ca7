import {
  fieldOf,
  isFalse,
  numberOf,
  objectsOf,
  parameterOf,
  textParameterOf,
} from "../../cloudtrail/parameters";
import { type CloudTrailRecord, eventOf } from "../../cloudtrail/record";
import { fieldsOf } from "../../json";
import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

/** How many days a recovery point should outlive the discovery of an attack. */
const enoughDays = 7;

/** By call: the parameter that decides, and whether it leaves less to restore from. */
const weakening: Record<string, { parameter: string; isWeak(value: unknown): boolean }> = {
  "backup:UpdateBackupPlan": { parameter: "backupPlan", isWeak: isShortPlan },
  "backup:UpdateRecoveryPointLifecycle": { parameter: "lifecycle", isWeak: isShort },
  "backup:UpdateRegionSettings": {
    parameter: "resourceTypeOptInPreference",
    isWeak: (value) => Object.values(fieldsOf(value)).some(isFalse),
  },
  "dlm:UpdateLifecyclePolicy": { parameter: "state", isWeak: (value) => value === "DISABLED" },
  "drs:DisconnectSourceServer": { parameter: "sourceServerID", isWeak: () => true },
  "drs:StopReplication": { parameter: "sourceServerID", isWeak: () => true },
  "ec2:UnlockSnapshot": { parameter: "SnapshotId", isWeak: () => true },
  "elasticache:ModifyReplicationGroup": {
    parameter: "snapshotRetentionLimit",
    isWeak: (value) => numberOf(value) === 0,
  },
  "elasticfilesystem:PutBackupPolicy": {
    parameter: "backupPolicy",
    isWeak: (value) => fieldOf(value, "status") === "DISABLED",
  },
  "redshift:ModifyCluster": {
    parameter: "automatedSnapshotRetentionPeriod",
    isWeak: (value) => numberOf(value) === 0,
  },
};

export const backupProtectionWeakened: Detection = {
  id: "backup-protection-weakened",
  title: "Backups switched off, or kept for a short time",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "extended",
  noise: "changes",
  events: Object.keys(weakening),
  remediation: "alert",
  match(record, context) {
    const rule = weakening[eventOf(record)];
    if (rule?.isWeak(parameterOf(record, rule.parameter)) !== true) return uninspected(record);
    return calledByHand(record, context, [rule.parameter, ...names], resourcesIn(record));
  },
  runbook: [
    "Ask the actor which other backup covers the same resources; restore the setting if there is none.",
    "Check that the last backup before this is complete, and keep it (a vault lock, a copy in another account).",
    "Look for deletions by the same actor: whoever takes data hostage takes the backups first.",
  ],
  falsePositives: ["Another backup that takes over; a test environment without backups."],
  references: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRecoveryPointLifecycle.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html",
    "https://docs.aws.amazon.com/dlm/latest/APIReference/API_UpdateLifecyclePolicy.html",
    "https://docs.aws.amazon.com/drs/latest/APIReference/API_DisconnectSourceServer.html",
    "https://docs.aws.amazon.com/efs/latest/ug/API_PutBackupPolicy.html",
  ],
};

const names = ["backupPlanId", "recoveryPointArn", "policyId", "fileSystemId", "clusterIdentifier"];

function resourcesIn(record: CloudTrailRecord) {
  // Elastic Disaster Recovery writes the ID with capital letters.
  const server = textParameterOf(record, "sourceServerID");
  return [
    ...named(record, "AWS::Backup::BackupPlan", "backupPlanId"),
    ...named(record, "AWS::Backup::RecoveryPoint", "recoveryPointArn"),
    ...named(record, "AWS::DLM::LifecyclePolicy", "policyId"),
    ...named(record, "AWS::EFS::FileSystem", "fileSystemId"),
    ...named(record, "AWS::ElastiCache::ReplicationGroup", "replicationGroupId"),
    ...named(record, "AWS::Redshift::Cluster", "clusterIdentifier"),
    ...(server === undefined ? [] : [{ type: "AWS::DRS::SourceServer", id: server }]),
  ];
}

function isShort(lifecycle: unknown): boolean {
  const days = numberOf(fieldOf(lifecycle, "deleteAfterDays"));
  return days !== undefined && days >= 0 && days < enoughDays;
}

/** Whether every rule of a plan deletes within days what it backs up. */
function isShortPlan(plan: unknown): boolean {
  const rules = objectsOf(fieldOf(plan, "rules"));
  return rules.length > 0 && rules.every((rule) => isShort(fieldOf(rule, "lifecycle")));
}
