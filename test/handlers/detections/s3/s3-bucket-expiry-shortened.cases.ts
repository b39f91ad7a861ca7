import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "within a day",
      record: call("s3:PutBucketLifecycle", {
        bucketName: "payroll",
        LifecycleConfiguration: {
          Rule: { ID: "a", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } },
        },
      }),
      evidence: "requestParameters.LifecycleConfiguration.Rule",
      resources: ["payroll"],
    },
    {
      name: "on a day",
      record: call("s3:PutBucketLifecycle", {
        bucketName: "payroll",
        LifecycleConfiguration: {
          Rule: [
            { ID: "b", Status: "Enabled", Prefix: "tmp/", Expiration: { Days: 1 } },
            { ID: "a", Status: "Enabled", Expiration: { Date: "2025-03-05T00:00:00Z" } },
          ],
        },
      }),
    },
  ],
  quiet: [
    {
      name: "a part",
      record: call("s3:PutBucketLifecycle", {
        bucketName: "payroll",
        LifecycleConfiguration: {
          Rule: { Status: "Enabled", Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } },
        },
      }),
    },
    {
      name: "a month",
      record: call("s3:PutBucketLifecycle", {
        bucketName: "payroll",
        LifecycleConfiguration: { Rule: { Status: "Enabled", Filter: "", Expiration: { Days: 30 } } },
      }),
    },
    {
      name: "switched off",
      record: call("s3:PutBucketLifecycle", {
        bucketName: "payroll",
        LifecycleConfiguration: { Rule: { Status: "Disabled", Expiration: { Days: 1 } } },
      }),
    },
    {
      name: "old versions alone",
      record: call("s3:PutBucketLifecycle", {
        bucketName: "payroll",
        LifecycleConfiguration: {
          Rule: { Status: "Enabled", NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
        },
      }),
    },
    {
      name: "a tag",
      record: call("s3:PutBucketLifecycle", {
        bucketName: "payroll",
        LifecycleConfiguration: {
          Rule: { Status: "Enabled", Filter: { Tag: { Key: "a", Value: "b" } }, Expiration: { Days: 1 } },
        },
      }),
    },
  ],
};
