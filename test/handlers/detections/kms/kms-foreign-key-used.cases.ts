import { account, call, type Cases, otherAccount } from "../support/cases";

const key = (owner: string) => `arn:aws:kms:eu-west-1:${owner}:key/1f2e3d4c-aaaa-bbbb-cccc-0123456789ab`;

/** The calls that say with which key something is encrypted. */
const encrypting: Record<string, (keyArn: string) => unknown> = {
  "backup:CreateBackupVault": (encryptionKeyArn) => ({ backupVaultName: "vault", encryptionKeyArn }),
  "dynamodb:UpdateTable": (kMSMasterKeyId) => ({
    tableName: "orders",
    sSESpecification: { enabled: true, kMSMasterKeyId },
  }),
  "ec2:CopyImage": (kmsKeyId) => ({ sourceImageId: "ami-1", encrypted: true, kmsKeyId }),
  "ec2:CopySnapshot": (kmsKeyId) => ({ sourceSnapshotId: "snap-1", encrypted: true, kmsKeyId }),
  "ec2:CreateVolume": (kmsKeyId) => ({ snapshotId: "snap-1", encrypted: true, kmsKeyId }),
  "ec2:ModifyEbsDefaultKmsKeyId": (KmsKeyId) => ({ ModifyEbsDefaultKmsKeyIdRequest: { KmsKeyId } }),
  "elasticfilesystem:CreateFileSystem": (kmsKeyId) => ({ encrypted: true, kmsKeyId }),
  "kinesis:StartStreamEncryption": (keyId) => ({ streamName: "s", encryptionType: "KMS", keyId }),
  "kms:ReEncrypt": (destinationKeyId) => ({ sourceKeyId: key(account), destinationKeyId }),
  "lambda:UpdateFunctionConfiguration": (kMSKeyArn) => ({ functionName: "f", kMSKeyArn }),
  "logs:AssociateKmsKey": (kmsKeyId) => ({ logGroupName: "trail", kmsKeyId }),
  "rds:CopyDBClusterSnapshot": (kmsKeyId) => ({ sourceDBClusterSnapshotIdentifier: "s", kmsKeyId }),
  "rds:CopyDBSnapshot": (kmsKeyId) => ({ sourceDBSnapshotIdentifier: "s", kmsKeyId }),
  "rds:CreateDBCluster": (kmsKeyId) => ({ dBClusterIdentifier: "db", storageEncrypted: true, kmsKeyId }),
  "rds:CreateDBInstance": (kmsKeyId) => ({ dBInstanceIdentifier: "db", storageEncrypted: true, kmsKeyId }),
  "redshift:ModifyCluster": (kmsKeyId) => ({ clusterIdentifier: "c", encrypted: true, kmsKeyId }),
  "secretsmanager:UpdateSecret": (kmsKeyId) => ({ secretId: "password", kmsKeyId }),
  "ssm:PutParameter": (keyId) => ({ name: "/prod/token", type: "SecureString", keyId }),
  "sns:SetTopicAttributes": (attributeValue) => ({
    topicArn: "arn:aws:sns:eu-west-1:111122223333:orders",
    attributeName: "KmsMasterKeyId",
    attributeValue,
  }),
  "sqs:SetQueueAttributes": (KmsMasterKeyId) => ({ queueUrl: "queue", attributes: { KmsMasterKeyId } }),
};

export const cases: Cases = {
  hits: [
    ...Object.entries(encrypting).map(([event, parameters]) => ({
      name: `${event} with another account's key`,
      record: call(event, parameters(key(otherAccount))),
    })),
    {
      name: "a log group",
      record: call("logs:AssociateKmsKey", { logGroupName: "trail", kmsKeyId: key(otherAccount) }),
      evidence: "requestParameters.kmsKeyId",
      resources: ["trail"],
    },
  ],
  quiet: [
    ...Object.entries(encrypting).map(([event, parameters]) => ({
      name: `${event} with a key of this account`,
      record: call(event, parameters(key(account))),
    })),
    ...Object.entries(encrypting).map(([event, parameters]) => ({
      name: `${event} with a trusted account's key`,
      record: call(event, parameters(key(otherAccount))),
      context: { trustedAccounts: [otherAccount] },
    })),
    {
      name: "an alias",
      record: call("ec2:CopySnapshot", { sourceSnapshotId: "snap-1", kmsKeyId: "alias/backup" }),
    },
    {
      name: "a topic's policy that names a key",
      record: call("sns:SetTopicAttributes", {
        topicArn: "arn:aws:sns:eu-west-1:111122223333:orders",
        attributeName: "DisplayName",
        attributeValue: `not ${key(otherAccount)}`,
      }),
    },
  ],
};
