import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { wasRefused } from "../../cloudtrail/record";
import { textOf } from "../../json";
import { calledByHand, named } from "../readers/by-hand";
import { principalKeyOf } from "../readers/principal";

export const bedrockModelsProbed: Detection = {
  id: "bedrock-models-probed",
  title: "Foundation models tried out without success",
  severity: "high",
  attack: { technique: "T1496.004" },
  tier: "extended",
  noise: "none",
  events: [
    "bedrock:Converse",
    "bedrock:ConverseStream",
    "bedrock:InvokeModel",
    "bedrock:InvokeModelWithResponseStream",
  ],
  outcome: "failure",
  remediation: "alert",
  burst: {
    windowMinutes: 15,
    threshold: 3,
    countedBy: principalKeyOf,
    distinct: (record) => textsOf(parameterOf(record, "modelId")),
  },
  match(record, context) {
    const code = textOf(record.errorCode) ?? "";
    // A wrong parameter on purpose tells whether the model could be used, and costs nothing.
    if (!wasRefused(record) && !/^(?:ValidationException|ResourceNotFoundException)$/.test(code))
      return undefined;
    return calledByHand(
      record,
      context,
      ["modelId"],
      named(record, "AWS::Bedrock::FoundationModel", "modelId"),
    );
  },
  runbook: [
    "Ask the actor, or the owner of the role; keys that were stolen are tried on one model after the other before they are sold.",
    "Look for calls by the same key that succeeded, in every region.",
    "Deactivate the key, and find out where it was found: a repository, a website, a log.",
  ],
  falsePositives: ["A developer who tries out which models the account may use."],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html",
  ],
};
