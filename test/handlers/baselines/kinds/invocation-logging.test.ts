import { describeKind } from "./describe-kind";

const state = { loggingConfig: { textDataDeliveryEnabled: true } };

describeKind("invocationLogging", {
  read: {
    id: "account",
    answers: { "bedrock:GetModelInvocationLoggingConfiguration": { ...state, $metadata: {} } },
    state: { GetModelInvocationLoggingConfiguration: state },
  },
  list: { answers: {}, found: [{ id: "account" }] },
  setBy: [["bedrock:PutModelInvocationLoggingConfiguration", {}, ["account"]]],
});
