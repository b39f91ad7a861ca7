import { call, type Cases } from "../support/cases";

const put = (status: object) =>
  call("s3:PutBucketLogging", {
    bucketName: "files",
    logging: "",
    BucketLoggingStatus: { xmlns: "http://doc.s3.amazonaws.com/2006-03-01", ...status },
  });

export const cases: Cases = {
  hits: [
    { name: "nothing enabled", record: put({}), resources: ["files"] },
    {
      name: "parameters left out",
      record: call("s3:PutBucketLogging", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "switched on",
      record: put({ LoggingEnabled: { TargetBucket: "logs", TargetPrefix: "files/" } }),
    },
    { name: "no parameters", record: call("s3:PutBucketLogging", null) },
  ],
};
