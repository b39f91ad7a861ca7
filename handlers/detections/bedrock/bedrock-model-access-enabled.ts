import { succeeded, wasRefused } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAutomation } from "../readers/principal";

export const bedrockModelAccessEnabled: Detection = {
  id: "bedrock-model-access-enabled",
  title: "Bedrock model access enabled (LLM hijacking)",
  severity: "medium",
  attack: { technique: "T1496.004" },
  tier: "core",
  noise: "rare",
  events: [
    "agreement-marketplace:AcceptAgreementRequest",
    "agreement-marketplace:CreateAgreementRequest",
    "aws-marketplace:AcceptAgreementRequest",
    "aws-marketplace:CreateAgreementRequest",
    "bedrock:CreateFoundationModelAgreement",
    "bedrock:PutFoundationModelEntitlement",
    "bedrock:PutUseCaseForModelAccess",
  ],
  // A refused attempt is the same sign: stolen keys are tried out for what models they reach.
  outcome: "any",
  remediation: "contain",
  match(record, context) {
    if (isAutomation(record, context) || !(succeeded(record) || wasRefused(record))) return undefined;
    return {
      evidence: evidenceAt(
        record,
        "eventName",
        "requestParameters.modelId",
        "requestParameters.agreementRequestId",
        "errorCode",
      ),
      resources: resourcesOf("AWS::Bedrock::FoundationModel", valueAt(record, "requestParameters.modelId")),
    };
  },
  runbook: [
    "Ask the actor what they need the model for; if nobody knows, delete the agreement and take their rights away.",
    "Look for InvokeModel and Converse by the same key in all regions, and at the day's cost of Bedrock.",
    "Limit Bedrock to the regions and models in use with a service control policy.",
  ],
  falsePositives: ["Developers who switch on a model for the first time."],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateFoundationModelAgreement.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteFoundationModelAgreement.html",
  ],
};
