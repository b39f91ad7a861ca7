import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const lambdaLayerPublished: Detection = {
  id: "lambda-layer-published",
  title: "Lambda layer published",
  severity: "low",
  attack: { technique: "T1525" },
  tier: "extended",
  noise: "work",
  events: ["lambda:PublishLayerVersion"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["layerName", "description", "compatibleRuntimes", "responseElements.layerVersionArn"],
      named(record, "AWS::Lambda::LayerVersion", "layerName"),
    ),
  runbook: [
    "Ask the actor which functions will load the layer: its code runs before theirs.",
    "Look for UpdateFunctionConfiguration with this layer by the same actor.",
    "Delete the version (DeleteLayerVersion) if nobody can explain it, after saving its content.",
  ],
  falsePositives: ["A developer sharing a library by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html",
  ],
};
