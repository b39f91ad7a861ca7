import { call, type Cases } from "../support/cases";

const update = (parameters: object) => call("cloudtrail:UpdateTrail", { name: "main", ...parameters });

/** As the console saves a trail, whatever was edited. */
const saved = {
  s3BucketName: "logs-of-all",
  s3KeyPrefix: "",
  snsTopicName: "trail-topic",
  includeGlobalServiceEvents: true,
  isMultiRegionTrail: true,
  enableLogFileValidation: true,
  isOrganizationTrail: false,
};
const before = {
  Name: "main",
  S3BucketName: "logs-of-all",
  SnsTopicARN: "arn:aws:sns:eu-west-1:111122223333:trail-topic",
  IsMultiRegionTrail: true,
  IsOrganizationTrail: false,
};
const own = {
  trail: { name: "main", arn: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main" },
  logBuckets: ["logs-of-all"],
  ownResources: ["trail-topic"],
};

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
    {
      name: "a prefix alone",
      record: update({ s3KeyPrefix: "x" }),
      evidence: "requestParameters.s3KeyPrefix",
    },
    { name: "no prefix any more", record: update({ s3KeyPrefix: "" }) },
    { name: "an organization's trail", record: update({ isOrganizationTrail: true }) },
    { name: "no organization's trail any more", record: update({ isOrganizationTrail: false }) },
    { name: "another topic alone", record: update({ snsTopicName: "elsewhere" }) },
    {
      name: "another account's key",
      record: update({ kmsKeyId: "arn:aws:kms:eu-west-1:444455556666:key/1" }),
      evidence: "requestParameters.kmsKeyId",
    },
    ...Object.entries({
      s3BucketName: "elsewhere",
      s3KeyPrefix: "x",
      snsTopicName: "elsewhere",
      isOrganizationTrail: true,
    }).flatMap(([name, value]) => [
      {
        name: `the console's save, with another ${name} than before`,
        record: update({ ...saved, [name]: value }),
        answers: [before],
        evidence: `requestParameters.${name}`,
      },
      {
        name: `the console's save of the own trail, with another ${name}`,
        record: update({ ...saved, [name]: value }),
        context: own,
        evidence: `requestParameters.${name}`,
      },
    ]),
    {
      name: "the console's save, without the earlier key and log group",
      record: update({ ...saved, kmsKeyId: "", cloudWatchLogsLogGroupArn: "" }),
      answers: [{ ...before, KmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" }],
      evidence: "requestParameters.kmsKeyId",
    },
    {
      name: "the console's save, with a switch off",
      record: update({ ...saved, isMultiRegionTrail: false }),
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
    { name: "the console's save of an unchanged trail", record: update(saved), answers: [before] },
    {
      name: "the console's save of an unchanged trail, as a record has it",
      record: update(saved),
      answers: [{ name: "main", s3BucketName: "logs-of-all", snsTopicName: "trail-topic" }],
    },
    {
      name: "the console's save of an unchanged trail without a key",
      record: update({
        ...saved,
        kmsKeyId: "",
        cloudWatchLogsLogGroupArn: "",
        cloudWatchLogsRoleArn: "",
      }),
      answers: [before],
    },
    {
      name: "the console's save of a trail without a key that nobody knows",
      record: update({ ...saved, kmsKeyId: "", cloudWatchLogsLogGroupArn: "" }),
    },
    { name: "the console's save of an unchanged own trail", record: update(saved), context: own },
    { name: "the console's save of a trail that nobody knows", record: update(saved) },
    { name: "no parameters", record: call("cloudtrail:UpdateTrail", null) },
  ],
};
