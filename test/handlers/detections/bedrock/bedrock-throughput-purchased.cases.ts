import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "bedrock CreateModelCopyJob", record: call("bedrock:CreateModelCopyJob", { sourceModelArn: "m" }) },
  {
    name: "throughput",
    record: call("bedrock:CreateProvisionedModelThroughput", {
      modelId: "anthropic.claude-v2",
      provisionedModelName: "p",
      modelUnits: 5,
      commitmentDuration: "SixMonths",
    }),
    evidence: "requestParameters.commitmentDuration",
    resources: ["anthropic.claude-v2"],
  },
  {
    name: "a batch",
    record: call("bedrock:CreateModelInvocationJob", { jobName: "b", modelId: "anthropic.claude-v2" }),
  },
  {
    name: "a model of one's own",
    record: call("bedrock:CreateModelCustomizationJob", {
      jobName: "b",
      baseModelIdentifier: "amazon.titan-text-express-v1",
    }),
    resources: ["amazon.titan-text-express-v1"],
  },
  { name: "a model brought along", record: call("bedrock:CreateModelImportJob", { jobName: "b" }) },
  {
    name: "a model of the marketplace",
    record: call("bedrock:CreateMarketplaceModelEndpoint", {
      modelSourceIdentifier: "arn:aws:sagemaker:eu-west-1:aws:hub-content/a",
    }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
