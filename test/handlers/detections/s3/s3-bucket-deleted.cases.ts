import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a bucket",
      record: call("s3:DeleteBucket", {
        bucketName: "invoices-archive",
        Host: "invoices-archive.s3.eu-west-1.amazonaws.com",
      }),
      evidence: "requestParameters.bucketName",
      resources: ["invoices-archive"],
    },
    { name: "without parameters", record: call("s3:DeleteBucket", null), evidence: "eventName" },
  ],
  quiet: [
    { name: "another call of S3", record: call("s3:CreateBucket", { bucketName: "invoices-archive" }) },
  ],
  everyCall: "a deleted bucket is gone, whoever did it",
};
