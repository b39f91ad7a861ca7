import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { principalKeyOf } from "../readers/principal";

export const bedrockModelMassInvoked: Detection = {
  id: "bedrock-model-mass-invoked",
  title: "Foundation model invoked at scale",
  severity: "medium",
  attack: { technique: "T1496.004" },
  tier: "extended",
  noise: "work",
  events: [
    "bedrock:Converse",
    "bedrock:ConverseStream",
    "bedrock:InvokeModel",
    "bedrock:InvokeModelWithBidirectionalStream",
    "bedrock:InvokeModelWithResponseStream",
    "bedrock:StartAsyncInvoke",
  ],
  remediation: "alert",
  burst: { windowMinutes: 60, threshold: 500, countedBy: principalKeyOf },
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, ["modelId"], named(record, "AWS::Bedrock::FoundationModel", "modelId")),
  runbook: [
    "Ask the actor, or the owner of the role, what the model is used for so often.",
    "Check the day's Bedrock cost in every region, and lower the quota until there is an explanation.",
    "Deactivate the key if nobody can explain it.",
  ],
  falsePositives: [
    "A product's batch jobs and load tests: name their roles in `automation`, or set `thresholds`.",
  ],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/quotas.html",
  ],
};
