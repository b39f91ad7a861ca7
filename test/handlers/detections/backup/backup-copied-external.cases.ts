import { type Case, type Cases, byService, call } from "../support/cases";

const copy = (account: string) =>
  call("backup:StartCopyJob", {
    recoveryPointArn: "arn:aws:ec2:eu-west-1::snapshot/snap-1",
    sourceBackupVaultName: "main",
    destinationBackupVaultArn: `arn:aws:backup:eu-central-1:${account}:backup-vault:theirs`,
  });

const hits: Case[] = [
  {
    name: "a stranger's vault",
    record: copy("444455556666"),
    evidence: "requestParameters.destinationBackupVaultArn",
    resources: ["arn:aws:ec2:eu-west-1::snapshot/snap-1"],
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byService(hits, "backup.amazonaws.com"),
    { name: "an own vault in another region", record: copy("111122223333") },
    { name: "a trusted vault", record: copy("444455556666"), context: { trustedAccounts: ["444455556666"] } },
  ],
};
