import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";

export const bedrockInvocationLoggingDisabled: Detection = {
  id: "bedrock-invocation-logging-disabled",
  title: "Bedrock invocation logging deleted",
  severity: "medium",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "extended",
  events: ["bedrock:DeleteModelInvocationLoggingConfiguration"],
  remediation: "baseline",
  match(record) {
    return {
      evidence: evidenceAt(record, "awsRegion"),
      resources: resourcesOf("AWS::Bedrock::ModelInvocationLogging", record.awsRegion),
    };
  },
  runbook: [
    "Set the logging up again in the region of the event, from code or an earlier Put event.",
    "Look for InvokeModel and Converse calls by the same actor and by unknown principals since: prompts are no longer kept.",
    "Check the bill for Bedrock: stolen access to models shows there.",
  ],
  falsePositives: ["A change of the log's destination that goes by way of deletion."],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteModelInvocationLoggingConfiguration.html",
  ],
};
