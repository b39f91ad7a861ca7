import type { Detection } from "../detection";
import { named } from "../readers/by-hand";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";
import { valuesNamed } from "../readers/values-named";

export const kmsForeignKeyUsed: Detection = {
  id: "kms-foreign-key-used",
  title: "Data encrypted with another account's key",
  severity: "high",
  attack: { technique: "T1486" },
  tier: "extended",
  noise: "rare",
  events: [
    "backup:CreateBackupVault",
    "dynamodb:UpdateTable",
    "ec2:CopyImage",
    "ec2:CopySnapshot",
    "ec2:CreateVolume",
    "ec2:ModifyEbsDefaultKmsKeyId",
    "elasticfilesystem:CreateFileSystem",
    "kinesis:StartStreamEncryption",
    "kms:ReEncrypt",
    "lambda:UpdateFunctionConfiguration",
    "logs:AssociateKmsKey",
    "rds:CopyDBClusterSnapshot",
    "rds:CopyDBSnapshot",
    "rds:CreateDBCluster",
    "rds:CreateDBInstance",
    "redshift:ModifyCluster",
    "secretsmanager:UpdateSecret",
    "sns:SetTopicAttributes",
    "sqs:SetQueueAttributes",
    "ssm:PutParameter",
  ],
  remediation: "alert",
  // The ARN of a key; its ID and alias are always this account's.
  hint: { field: "requestParameters", texts: [":kms:"] },
  match(record, context) {
    const keys = valuesNamed(record, [
      "attributevalue",
      "destinationkeyid",
      "encryptionkeyarn",
      "keyid",
      "kmskeyarn",
      "kmskeyid",
      "kmsmasterkeyid",
    ]).filter(({ value }) => value.includes(":kms:") && isForeign(accountIn(value), context));
    if (keys.length === 0) return uninspected(record);
    return {
      evidence: keys.map((key) => ({ ...key, why: "is another account's key" })),
      resources: [
        ...named(record, "AWS::DynamoDB::Table", "tableName"),
        ...named(record, "AWS::EC2::Snapshot", "sourceSnapshotId"),
        ...named(record, "AWS::Logs::LogGroup", "logGroupName"),
        ...named(record, "AWS::SecretsManager::Secret", "secretId"),
        ...named(record, "AWS::SNS::Topic", "topicArn"),
        ...named(record, "AWS::SQS::Queue", "queueUrl"),
      ],
    };
  },
  runbook: [
    "Set this account's key again: what is written from now on can be read only as long as the other account allows it.",
    "Copy what was encrypted since then with your own key, while the other one still decrypts.",
    "Look for deletions of the originals by the same actor: that is how data is taken hostage.",
  ],
  falsePositives: ["A key of a sister account that is not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyEbsDefaultKmsKeyId.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
  ],
};
