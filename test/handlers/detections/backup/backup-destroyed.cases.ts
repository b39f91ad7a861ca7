import { account, call, type Cases, service } from "../support/cases";

const recoveryPointArn = "arn:aws:ec2:eu-west-1::snapshot/snap-0a1b2c3d4e5f60718";
const recoveryPoint = call("backup:DeleteRecoveryPoint", { backupVaultName: "daily", recoveryPointArn });

export const cases: Cases = {
  hits: [
    {
      name: "a recovery point",
      record: recoveryPoint,
      evidence: "requestParameters.recoveryPointArn",
      resources: [recoveryPointArn, "daily"],
    },
    {
      name: "a vault",
      record: call("backup:DeleteBackupVault", { backupVaultName: "daily" }),
      resources: ["daily"],
    },
    {
      name: "a vault's lock",
      record: call("backup:DeleteBackupVaultLockConfiguration", { backupVaultName: "daily" }),
      resources: ["daily"],
    },
  ],
  quiet: [
    {
      name: "a recovery point that has outlived its plan",
      record: {
        ...recoveryPoint,
        userIdentity: service("backup.amazonaws.com"),
        sourceIPAddress: "backup.amazonaws.com",
        eventType: "AwsServiceEvent",
        recipientAccountId: account,
      },
    },
  ],
  everyCall: "people delete neither vaults nor locks without a reason",
};
