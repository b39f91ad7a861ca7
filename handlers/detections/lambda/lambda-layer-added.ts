import { uninspected } from "../readers/uninspected";
import { fieldsOf, listOf, textOf } from "../../json";
import { type CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection, Evidence } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { accountIn, isAutomation, isAwsService, isForeign } from "../readers/principal";
import { textsOf } from "../../cloudtrail/parameters";

/** Parameters that name the function or guard the call, and change nothing. */
const notChanges = ["functionName", "revisionId", "dryRun"];

export const lambdaLayerAdded: Detection = {
  id: "lambda-layer-added",
  title: "Lambda layer added by a person or from another account",
  severity: "medium",
  attack: { technique: "T1525" },
  tier: "core",
  noise: "changes",
  events: ["lambda:UpdateFunctionConfiguration"],
  remediation: "read-modify",
  match(record, context) {
    const layers = layersSet(record);
    if (layers.length === 0) return uninspected(record);
    const foreign = layers.filter(({ value }) => isForeign(accountIn(value), context));
    const byMachine = isAutomation(record, context) || isAwsService(record);
    if (foreign.length === 0 && byMachine) return undefined;
    return {
      evidence:
        foreign.length > 0 ? foreign.map((one) => ({ ...one, why: "is of another account" })) : layers,
      resources: [
        ...resourcesOf(
          "AWS::Lambda::Function",
          valueAt(record, "requestParameters.functionName") ??
            valueAt(record, "responseElements.functionArn"),
        ),
        ...resourcesOf(
          "AWS::Lambda::LayerVersion",
          ...(foreign.length > 0 ? foreign : layers).map(({ value }) => value),
        ),
      ],
      ...(foreign.length > 0 ? { severity: "high" } : {}),
    };
  },
  runbook: [
    "Ask the actor where the layer comes from; its code runs in each call of the function, with the function's role.",
    "Take the layer out of the configuration if nobody knows it, and keep a copy of it (GetLayerVersionByArn) for the investigation.",
    "See whether the actor published layers or wrapped other functions too, and what the role did since.",
  ],
  falsePositives: [
    "Layers of monitoring suppliers, whose accounts belong among the trusted accounts once you know them.",
  ],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html",
  ],
};

/**
 * The layers that the call set. The request does not always show them; then the response does, but it shows those too
 * that were there before, so a request that changed something else is not about layers.
 */
function layersSet(record: CloudTrailRecord): Evidence[] {
  const request = fieldsOf(record.requestParameters);
  if ((request.layers ?? undefined) !== undefined)
    return textsOf(request.layers).map((value) => ({ parameter: "requestParameters.layers", value }));
  if (Object.entries(request).some(([name, value]) => !notChanges.includes(name) && !isNothing(value)))
    return [];
  return listOf(valueAt(record, "responseElements.layers")).flatMap((layer) => {
    const value = textOf(layer) ?? textOf(fieldsOf(layer).arn);
    return value === undefined ? [] : [{ parameter: "responseElements.layers", value }];
  });
}

/** Lambda writes an empty object for what was not asked. */
function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === "" ||
    value === false ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}
