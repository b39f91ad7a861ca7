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
  // A denied attempt is the same sign: stolen keys are tested for the models they reach.
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
    "Ask the actor what they need the model for; if nobody can explain it, delete the agreement and revoke their permissions.",
    "Look for InvokeModel and Converse calls with the same key in all regions, and check the day's Bedrock cost.",
    "Restrict Bedrock to the regions and models in use with a service control policy.",
  ],
  falsePositives: ["Developers who enable a model for the first time."],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateFoundationModelAgreement.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteFoundationModelAgreement.html",
  ],
};
