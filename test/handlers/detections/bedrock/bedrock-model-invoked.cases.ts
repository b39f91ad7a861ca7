import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "an agent", record: call("bedrock:InvokeAgent", { agentId: "A1" }) },
  { name: "an agent made for one call", record: call("bedrock:InvokeInlineAgent", { foundationModel: "m" }) },
  {
    name: "Converse",
    record: call("bedrock:Converse", { modelId: "anthropic.claude-3-sonnet-20240229-v1:0" }),
    evidence: "requestParameters.modelId",
    resources: ["anthropic.claude-3-sonnet-20240229-v1:0"],
  },
  {
    name: "ConverseStream",
    record: call("bedrock:ConverseStream", { modelId: "anthropic.claude-3-sonnet-20240229-v1:0" }),
    evidence: "requestParameters.modelId",
    resources: ["anthropic.claude-3-sonnet-20240229-v1:0"],
  },
  {
    name: "InvokeModel",
    record: call("bedrock:InvokeModel", { modelId: "anthropic.claude-3-sonnet-20240229-v1:0" }),
    evidence: "requestParameters.modelId",
    resources: ["anthropic.claude-3-sonnet-20240229-v1:0"],
  },
  {
    name: "InvokeModelWithBidirectionalStream",
    record: call("bedrock:InvokeModelWithBidirectionalStream", {
      modelId: "anthropic.claude-3-sonnet-20240229-v1:0",
    }),
    evidence: "requestParameters.modelId",
    resources: ["anthropic.claude-3-sonnet-20240229-v1:0"],
  },
  {
    name: "InvokeModelWithResponseStream",
    record: call("bedrock:InvokeModelWithResponseStream", {
      modelId: "anthropic.claude-3-sonnet-20240229-v1:0",
    }),
    evidence: "requestParameters.modelId",
    resources: ["anthropic.claude-3-sonnet-20240229-v1:0"],
  },
  {
    name: "StartAsyncInvoke",
    record: call("bedrock:StartAsyncInvoke", { modelId: "anthropic.claude-3-sonnet-20240229-v1:0" }),
    evidence: "requestParameters.modelId",
    resources: ["anthropic.claude-3-sonnet-20240229-v1:0"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
