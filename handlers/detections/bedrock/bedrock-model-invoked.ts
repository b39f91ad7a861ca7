import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const bedrockModelInvoked: Detection = {
  id: "bedrock-model-invoked",
  title: "Foundation model invoked",
  severity: "medium",
  attack: { technique: "T1496.004" },
  tier: "extended",
  noise: "work",
  events: [
    "bedrock:Converse",
    "bedrock:ConverseStream",
    "bedrock:InvokeAgent",
    "bedrock:InvokeInlineAgent",
    "bedrock:InvokeModel",
    "bedrock:InvokeModelWithBidirectionalStream",
    "bedrock:InvokeModelWithResponseStream",
    "bedrock:StartAsyncInvoke",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["modelId", "agentId", "inferenceConfig"],
      named(record, "AWS::Bedrock::FoundationModel", "modelId"),
    ),
  runbook: [
    "Ask the actor, or the owner of the role, which product uses the model; stolen keys are sold for exactly this.",
    "Check the day's Bedrock cost in every region, and the address and user agent of the calls.",
    "Deactivate the key if nobody can explain it, and deny Bedrock with a service control policy where no team uses it.",
  ],
  falsePositives: ["A product or developer that starts using a model."],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html",
  ],
};
