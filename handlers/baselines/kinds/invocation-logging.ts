import type { BaselineKind } from "../baseline";
import { oneInEachRegion } from "../listing";
import { theAccount } from "../setting";

export const invocationLogging: BaselineKind = {
  type: "AWS::Bedrock::ModelInvocationLoggingConfiguration",
  service: "bedrock",
  actions: ["bedrock:GetModelInvocationLoggingConfiguration"],
  read: { GetModelInvocationLoggingConfiguration: () => ({}) },
  absent: ["ResourceNotFoundException"],
  keep: { GetModelInvocationLoggingConfiguration: { loggingConfig: "all" } },
  list: oneInEachRegion(),
  setBy: {
    "bedrock:PutModelInvocationLoggingConfiguration": theAccount,
  },
};
