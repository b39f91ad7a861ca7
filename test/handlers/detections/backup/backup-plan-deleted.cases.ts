import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a plan",
    record: call("backup:DeleteBackupPlan", { backupPlanId: "p-1" }),
    evidence: "requestParameters.backupPlanId",
    resources: ["p-1"],
  },
  {
    name: "what it saves",
    record: call("backup:DeleteBackupSelection", { backupPlanId: "p-1", selectionId: "s-1" }),
    evidence: "requestParameters.selectionId",
  },
  {
    name: "who may not delete",
    record: call("backup:DeleteBackupVaultAccessPolicy", { backupVaultName: "main" }),
    evidence: "requestParameters.backupVaultName",
  },
  { name: "a job", record: call("backup:StopBackupJob", { backupJobId: "j-1" }) },
  {
    name: "a recovery point let go",
    record: call("backup:DisassociateRecoveryPoint", {
      backupVaultName: "v",
      recoveryPointArn: "arn:aws:ec2:eu-west-1::snapshot/snap-1",
    }),
    resources: ["arn:aws:ec2:eu-west-1::snapshot/snap-1"],
  },
  {
    name: "snapshots",
    record: call("dlm:DeleteLifecyclePolicy", { policyId: "policy-1" }),
    resources: ["policy-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
