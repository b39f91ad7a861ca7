import { call, type Cases } from "../support/cases";

const update = (parameters: object) => call("cloudtrail:UpdateTrail", { name: "main", ...parameters });

export const cases: Cases = {
  hits: [
    {
      name: "one region only",
      record: update({ isMultiRegionTrail: false }),
      evidence: "requestParameters.isMultiRegionTrail",
      resources: ["main"],
    },
    { name: "no global services", record: update({ includeGlobalServiceEvents: false }) },
    { name: "no validation", record: update({ enableLogFileValidation: false }) },
    { name: "no key", record: update({ kmsKeyId: "" }), evidence: "requestParameters.kmsKeyId" },
    { name: "no CloudWatch Logs", record: update({ cloudWatchLogsLogGroupArn: "" }) },
    {
      name: "a bucket nobody knows",
      record: update({ s3BucketName: "elsewhere" }),
      context: { logBuckets: ["ours"] },
    },
    {
      name: "a topic nobody knows",
      record: update({ snsTopicName: "elsewhere" }),
      context: { ownResources: ["arn:aws:sns:eu-west-1:111122223333:cloudtrail-logs"] },
    },
    { name: "no topic", record: update({ snsTopicName: "" }) },
    {
      name: "parameters left out",
      record: call("cloudtrail:UpdateTrail", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "all switched on", record: update({ isMultiRegionTrail: true, enableLogFileValidation: true }) },
    {
      name: "the log bucket, named once more",
      record: update({ s3BucketName: "ours" }),
      context: { logBuckets: ["ours"] },
    },
    {
      name: "the own topic",
      record: update({ snsTopicName: "cloudtrail-logs" }),
      context: { ownResources: ["arn:aws:sns:eu-west-1:111122223333:cloudtrail-logs"] },
    },
    { name: "a key", record: update({ kmsKeyId: "alias/trail" }) },
    { name: "no parameters", record: call("cloudtrail:UpdateTrail", null) },
  ],
};
