import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const bedrockThroughputPurchased: Detection = {
  id: "bedrock-throughput-purchased",
  title: "Foundation model throughput purchased or long job started",
  severity: "medium",
  attack: { technique: "T1496.004" },
  tier: "extended",
  noise: "work",
  events: [
    "bedrock:CreateMarketplaceModelEndpoint",
    "bedrock:CreateModelCopyJob",
    "bedrock:CreateModelCustomizationJob",
    "bedrock:CreateModelImportJob",
    "bedrock:CreateModelInvocationJob",
    "bedrock:CreateProvisionedModelThroughput",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "modelId",
        "provisionedModelName",
        "modelUnits",
        "commitmentDuration",
        "jobName",
        "baseModelIdentifier",
        "modelSourceIdentifier",
      ],
      named(
        record,
        "AWS::Bedrock::FoundationModel",
        "modelId",
        "baseModelIdentifier",
        "modelSourceIdentifier",
      ),
    ),
  runbook: [
    "Ask the actor what it is for: it is paid by the hour, used or not, some of it for months.",
    "Delete the throughput or stop the job if nobody can explain it; if there is a commitment, contact AWS Support.",
    "Deactivate the key, and look for the same in every region.",
  ],
  falsePositives: ["A product moving to provisioned throughput."],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateProvisionedModelThroughput.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateModelInvocationJob.html",
  ],
};
