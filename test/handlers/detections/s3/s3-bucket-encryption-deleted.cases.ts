import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a bucket",
      record: call("s3:DeleteBucketEncryption", {
        bucketName: "payroll",
        encryption: "",
        Host: "s3.amazonaws.com",
      }),
      evidence: "requestParameters.bucketName",
      resources: ["payroll"],
    },
  ],
  quiet: [{ name: "encryption set", record: call("s3:PutBucketEncryption", { bucketName: "payroll" }) }],
  everyCall: "each call removes the bucket's own key",
};
