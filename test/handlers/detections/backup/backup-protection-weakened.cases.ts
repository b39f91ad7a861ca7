import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const point = "arn:aws:backup:eu-west-1:111122223333:recovery-point:1";
const plan = (...days: (number | undefined)[]) => ({
  backupPlanId: "plan",
  backupPlan: {
    backupPlanName: "daily",
    rules: days.map((deleteAfterDays) => ({ ruleName: "r", lifecycle: { deleteAfterDays } })),
  },
});

const hits: Case[] = [
  {
    name: "a locked snapshot",
    record: call("ec2:UnlockSnapshot", { UnlockSnapshotRequest: { SnapshotId: "snap-1" } }),
    evidence: "requestParameters.UnlockSnapshotRequest.SnapshotId",
  },
  {
    name: "a recovery point that expires tomorrow",
    record: call("backup:UpdateRecoveryPointLifecycle", {
      backupVaultName: "vault",
      recoveryPointArn: point,
      lifecycle: { deleteAfterDays: 1 },
    }),
    evidence: "requestParameters.lifecycle",
    resources: [point],
  },
  {
    name: "a plan that keeps nothing for long",
    record: call("backup:UpdateBackupPlan", plan(1, 3)),
    resources: ["plan"],
  },
  {
    name: "a kind of resource left out",
    record: call("backup:UpdateRegionSettings", {
      resourceTypeOptInPreference: { RDS: false, EBS: true },
    }),
    evidence: "requestParameters.resourceTypeOptInPreference",
  },
  {
    name: "snapshots",
    record: call("dlm:UpdateLifecyclePolicy", { policyId: "policy-1", state: "DISABLED" }),
    resources: ["policy-1"],
  },
  {
    name: "a server's replica",
    record: call("drs:DisconnectSourceServer", { sourceServerID: "s-1" }),
    resources: ["s-1"],
  },
  { name: "a server's replication", record: call("drs:StopReplication", { sourceServerID: "s-1" }) },
  {
    name: "a cache",
    record: call("elasticache:ModifyReplicationGroup", {
      replicationGroupId: "cache",
      snapshotRetentionLimit: 0,
    }),
    resources: ["cache"],
  },
  {
    name: "a file system",
    record: call("elasticfilesystem:PutBackupPolicy", {
      fileSystemId: "fs-1",
      backupPolicy: { status: "DISABLED" },
    }),
    resources: ["fs-1"],
  },
  {
    name: "a warehouse",
    record: call("redshift:ModifyCluster", {
      clusterIdentifier: "warehouse",
      automatedSnapshotRetentionPeriod: 0,
    }),
    resources: ["warehouse"],
  },
];

export const cases: Cases = {
  hits,
  everyCall: "DisconnectSourceServer and StopReplication always end a replication, and UnlockSnapshot a lock",
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "a recovery point kept for months",
      record: call("backup:UpdateRecoveryPointLifecycle", {
        recoveryPointArn: point,
        lifecycle: { deleteAfterDays: 120, moveToColdStorageAfterDays: 30 },
      }),
    },
    {
      name: "a recovery point kept forever",
      record: call("backup:UpdateRecoveryPointLifecycle", { lifecycle: { deleteAfterDays: -1 } }),
    },
    { name: "a plan with one long rule", record: call("backup:UpdateBackupPlan", plan(1, 35)) },
    { name: "a plan that keeps everything", record: call("backup:UpdateBackupPlan", plan(undefined)) },
    {
      name: "more kinds of resources",
      record: call("backup:UpdateRegionSettings", { resourceTypeOptInPreference: { RDS: true } }),
    },
    {
      name: "another name of a policy",
      record: call("dlm:UpdateLifecyclePolicy", { policyId: "policy-1", description: "daily" }),
    },
    {
      name: "a cache's snapshots kept longer",
      record: call("elasticache:ModifyReplicationGroup", { snapshotRetentionLimit: 7 }),
    },
    {
      name: "a file system with backups",
      record: call("elasticfilesystem:PutBackupPolicy", { backupPolicy: { status: "ENABLED" } }),
    },
    {
      name: "a warehouse with snapshots",
      record: call("redshift:ModifyCluster", { automatedSnapshotRetentionPeriod: 7 }),
    },
  ],
};
