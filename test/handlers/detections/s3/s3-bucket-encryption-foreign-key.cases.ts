import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "another account's",
      record: call("s3:PutBucketEncryption", {
        bucketName: "payroll",
        ServerSideEncryptionConfiguration: {
          Rule: {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: "aws:kms",
              KMSMasterKeyID: "arn:aws:kms:eu-west-1:444455556666:key/k",
            },
          },
        },
      }),
      evidence: "requestParameters.ServerSideEncryptionConfiguration.Rule",
      resources: ["payroll"],
    },
  ],
  quiet: [
    {
      name: "an own key",
      record: call("s3:PutBucketEncryption", {
        bucketName: "payroll",
        ServerSideEncryptionConfiguration: {
          Rule: {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: "aws:kms",
              KMSMasterKeyID: "arn:aws:kms:eu-west-1:111122223333:key/k",
            },
          },
        },
      }),
    },
    {
      name: "S3's own",
      record: call("s3:PutBucketEncryption", {
        bucketName: "payroll",
        ServerSideEncryptionConfiguration: {
          Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
        },
      }),
    },
    {
      name: "a trusted account's",
      record: call("s3:PutBucketEncryption", {
        bucketName: "payroll",
        ServerSideEncryptionConfiguration: {
          Rule: {
            ApplyServerSideEncryptionByDefault: {
              KMSMasterKeyID: "arn:aws:kms:eu-west-1:444455556666:key/k",
            },
          },
        },
      }),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
