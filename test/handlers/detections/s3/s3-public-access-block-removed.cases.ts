import { call, type Cases } from "../support/cases";

const all = {
  xmlns: "http://s3.amazonaws.com/doc/2006-03-01/",
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

function put(configuration: unknown) {
  return call("s3:PutBucketPublicAccessBlock", {
    publicAccessBlock: "",
    bucketName: "payroll",
    PublicAccessBlockConfiguration: configuration,
    Host: "payroll.s3.eu-west-1.amazonaws.com",
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "the block deleted",
      record: call("s3:DeleteBucketPublicAccessBlock", { publicAccessBlock: "", bucketName: "payroll" }),
      evidence: "requestParameters.bucketName",
      resources: ["payroll"],
    },
    {
      name: "one flag off",
      record: put({ ...all, RestrictPublicBuckets: false }),
      evidence: "requestParameters.PublicAccessBlockConfiguration.RestrictPublicBuckets",
      resources: ["payroll"],
    },
    {
      name: "flags as text",
      record: put({ ...all, BlockPublicPolicy: "false" }),
      evidence: "requestParameters.PublicAccessBlockConfiguration.BlockPublicPolicy",
    },
    {
      name: "a flag left out, which S3 takes for off",
      record: put({ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true }),
      evidence: "requestParameters.PublicAccessBlockConfiguration.RestrictPublicBuckets",
    },
    {
      name: "parameters omitted",
      record: call("s3:PutBucketPublicAccessBlock", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "everything blocked", record: put(all) },
    {
      name: "everything blocked, as text",
      record: put(Object.fromEntries(Object.keys(all).map((key) => [key, "true"]))),
    },
    { name: "no configuration in the record", record: put(undefined) },
  ],
  everyCall: "the block cannot be deleted harmlessly",
};
