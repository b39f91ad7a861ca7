import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "in a region",
      record: call("bedrock:DeleteModelInvocationLoggingConfiguration", null),
      resources: ["eu-west-1"],
    },
  ],
  quiet: [
    { name: "set up", record: call("bedrock:PutModelInvocationLoggingConfiguration", { loggingConfig: {} }) },
  ],
  everyCall: "it has one meaning only",
};
