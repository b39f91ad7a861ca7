import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { textParameterOf } from "../../cloudtrail/parameters";

export const bedrockGuardrailWeakened: Detection = {
  id: "bedrock-guardrail-weakened",
  title: "Bedrock guardrail deleted or updated",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: ["bedrock:DeleteGuardrail", "bedrock:UpdateGuardrail"],
  remediation: "alert",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.guardrailIdentifier",
        "requestParameters.guardrailVersion",
      ),
      resources: resourcesOf("AWS::Bedrock::Guardrail", textParameterOf(record, "guardrailIdentifier")),
    };
  },
  runbook: [
    "Compare the guardrail's draft with its last version: which filters, topics or words are missing?",
    "Restore the version that the application was approved with, or recreate it from code.",
    "Read the prompts and answers since then: what would have been blocked?",
  ],
  falsePositives: ["The team tuning the guardrail of its own application."],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_UpdateGuardrail.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteGuardrail.html",
  ],
};
