import type { Detection } from "../detection";
import { nameOf, succeeded, wasRefused } from "../../cloudtrail/record";
import { calledByHand } from "../readers/by-hand";
import { isScanner, principalKeyOf } from "../readers/principal";

export const bedrockModelsEnumerated: Detection = {
  id: "bedrock-models-enumerated",
  title: "Foundation models of the account enumerated",
  severity: "medium",
  attack: { technique: "T1526" },
  tier: "extended",
  noise: "work",
  events: [
    "bedrock:GetFoundationModelAvailability",
    "bedrock:GetModelInvocationLoggingConfiguration",
    "bedrock:GetUseCaseForModelAccess",
    "bedrock:ListCustomModels",
    "bedrock:ListFoundationModelAgreementOffers",
    "bedrock:ListFoundationModels",
    "bedrock:ListInferenceProfiles",
    "bedrock:ListProvisionedModelThroughputs",
  ],
  outcome: "any",
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 4,
    countedBy: principalKeyOf,
    distinct: (record) => [nameOf(record)],
  },
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!(succeeded(record) || wasRefused(record)) || isScanner(record, context)) return undefined;
    return calledByHand(record, context, ["modelId"]);
  },
  runbook: [
    "Ask the actor what they looked for; a thief first checks whether invocations are logged.",
    "Look for InvokeModel, PutUseCaseForModelAccess and CreateFoundationModelAgreement with the same key, in every region.",
    "Deactivate the key if there is no explanation.",
  ],
  falsePositives: ["A developer who opens Bedrock's console for the first time."],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetModelInvocationLoggingConfiguration.html",
  ],
};
