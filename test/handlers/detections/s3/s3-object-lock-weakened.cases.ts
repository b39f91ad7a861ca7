import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "no rule for new objects",
      record: call("s3:PutBucketObjectLockConfiguration", {
        bucketName: "backups",
        ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
      }),
      evidence: "requestParameters.ObjectLockConfiguration",
      resources: ["backups"],
    },
    {
      name: "a hold lifted",
      record: call("s3:PutObjectLegalHold", {
        bucketName: "backups",
        key: "a",
        LegalHold: { Status: "OFF" },
      }),
      evidence: "requestParameters.LegalHold",
    },
    {
      name: "governance bypassed",
      record: call("s3:PutObjectRetention", {
        bucketName: "backups",
        key: "a",
        "x-amz-bypass-governance-retention": "true",
      }),
    },
  ],
  quiet: [
    {
      name: "a rule",
      record: call("s3:PutBucketObjectLockConfiguration", {
        bucketName: "backups",
        ObjectLockConfiguration: {
          ObjectLockEnabled: "Enabled",
          Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 30 } },
        },
      }),
    },
    {
      name: "a hold",
      record: call("s3:PutObjectLegalHold", { bucketName: "backups", key: "a", LegalHold: { Status: "ON" } }),
    },
    { name: "longer", record: call("s3:PutObjectRetention", { bucketName: "backups", key: "a" }) },
  ],
};
