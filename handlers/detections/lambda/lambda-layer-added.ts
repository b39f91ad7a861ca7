import { uninspected } from "../readers/uninspected";
import { fieldsOf, listOf, textOf } from "../../json";
import { type CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection, Evidence } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { accountIn, isAutomation, isAwsService, isForeign } from "../readers/principal";
import { textsOf } from "../../cloudtrail/parameters";

/** Parameters that only name the function or guard the call. */
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
        foreign.length > 0 ? foreign.map((one) => ({ ...one, why: "belongs to another account" })) : layers,
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
    "Ask the actor where the layer comes from; its code runs on each invocation of the function, with the function's role.",
    "Remove the layer from the configuration if nobody can explain it, and keep a copy (GetLayerVersionByArn) for the investigation.",
    "Find out whether the actor published layers or wrapped other functions, too, and what the role did since then.",
  ],
  falsePositives: [
    "Layers of monitoring vendors: add their accounts to `trustedAccounts` once you know them.",
  ],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html",
  ],
};

/**
 * The layers that the call set. The request does not always show them; then the response does, but it also shows those that
 * were there before, so a request that changed something else is not about layers.
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

/** Lambda records an empty object for omitted parameters. */
function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === "" ||
    value === false ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}
