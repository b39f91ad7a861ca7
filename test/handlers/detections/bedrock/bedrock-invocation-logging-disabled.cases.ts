import { call, type Cases } from "../support/cases";

const s3Config = { bucketName: "prompts", keyPrefix: "" };
const put = (loggingConfig: unknown) =>
  call("bedrock:PutModelInvocationLoggingConfiguration", { loggingConfig });

export const cases: Cases = {
  hits: [
    {
      name: "in a region",
      record: call("bedrock:DeleteModelInvocationLoggingConfiguration", null),
      resources: ["eu-west-1"],
    },
    {
      name: "without text",
      record: put({ s3Config, textDataDeliveryEnabled: false }),
      evidence: "requestParameters.loggingConfig.textDataDeliveryEnabled",
    },
    { name: "with nowhere to go", record: put({ textDataDeliveryEnabled: true }) },
    {
      name: "without images",
      record: put({ s3Config, textDataDeliveryEnabled: true, imageDataDeliveryEnabled: "false" }),
      severity: "low",
    },
    {
      name: "parameters left out",
      record: call("bedrock:PutModelInvocationLoggingConfiguration", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "all of it", record: put({ s3Config, textDataDeliveryEnabled: true }) },
    { name: "all of it to CloudWatch", record: put({ cloudWatchConfig: { logGroupName: "prompts" } }) },
  ],
  everyCall: "a deletion has one meaning only",
};
