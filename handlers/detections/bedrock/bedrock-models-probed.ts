import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { wasRefused } from "../../cloudtrail/record";
import { textOf } from "../../json";
import { calledByHand, named } from "../readers/by-hand";
import { principalKeyOf } from "../readers/principal";

export const bedrockModelsProbed: Detection = {
  id: "bedrock-models-probed",
  title: "Foundation models probed without success",
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
    // A deliberately wrong parameter shows for free whether the model could be used.
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
    "Ask the actor, or the owner of the role; stolen keys are tested on one model after another before they are sold.",
    "Look for successful calls with the same key, in every region.",
    "Deactivate the key, and find out where it leaked: a repository, a website, a log.",
  ],
  falsePositives: ["A developer finding out which models the account may use."],
  references: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html",
  ],
};
