import { fieldOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { gapsIn } from "../readers/invocation-logging";
import { uninspected } from "../readers/uninspected";

const path = "requestParameters.loggingConfig";

export const bedrockInvocationLoggingDisabled: Detection = {
  id: "bedrock-invocation-logging-disabled",
  title: "Bedrock invocation logging deleted",
  severity: "medium",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "extended",
  noise: "rare",
  events: [
    "bedrock:DeleteModelInvocationLoggingConfiguration",
    "bedrock:PutModelInvocationLoggingConfiguration",
  ],
  remediation: "baseline",
  match(record) {
    const resources = resourcesOf("AWS::Bedrock::ModelInvocationLogging", record.awsRegion);
    if (nameOf(record) === "DeleteModelInvocationLoggingConfiguration")
      return { evidence: evidenceAt(record, "awsRegion"), resources };
    const logging = fieldOf(record.requestParameters, "loggingConfig");
    if (logging === undefined) return uninspected(record);
    const gaps = gapsIn(logging);
    if (gaps.length === 0) return undefined;
    const evidence = gaps.map(({ member, why }) => ({
      parameter: member === undefined ? path : `${path}.${member}`,
      value: member === undefined ? logging : fieldOf(logging, member),
      why,
    }));
    const isOfText = gaps.some(({ member }) => member === undefined || member === "textDataDeliveryEnabled");
    return {
      evidence,
      resources,
      title: "Bedrock invocation logging narrowed",
      severity: isOfText ? "medium" : "low",
    };
  },
  runbook: [
    "Set up logging again in the region of the event, from code or an earlier Put event.",
    "Look for InvokeModel and Converse calls by the same actor and by unknown principals since then: prompts are no longer recorded.",
    "Check the Bedrock bill: use of stolen model access shows there.",
  ],
  falsePositives: [
    "A change of the log's destination by deleting and recreating it.",
    "Images, embeddings or videos that are left out of the log intentionally (reported as low).",
  ],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteModelInvocationLoggingConfiguration.html",
  ],
};
