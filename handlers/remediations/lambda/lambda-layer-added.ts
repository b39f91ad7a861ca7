import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, needsBaseline, requested } from "../support/outcomes";

/**
 * Removes other accounts' layers from the function; its other layers, its code and its settings stay. Published versions keep
 * what they have. A call sets all layers of a function at once, so its record does not show which of this account's layers it
 * added: if there are no others, nothing is removed.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export const fixLambdaLayerAdded: Remediation = {
  id: "lambda-layer-added",
  reads: ["lambda:GetFunctionConfiguration"],
  // Lambda requires permission to read each layer that stays.
  writes: ["lambda:UpdateFunctionConfiguration", "lambda:GetLayerVersion"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["functionName"]);
    if ("outcome" in asked) return asked;
    const FunctionName = asked.values.functionName;
    const call = callsTo("lambda", finding.region);
    const gone = ["ResourceNotFoundException"];
    const live = await unlessGone(aws(call("GetFunctionConfiguration", { FunctionName })), gone);
    if (live === undefined) return alreadyOk(`the function ${FunctionName} is gone`);
    const layers = listOf(live.Layers).map((layer) => plainTextOf(fieldsOf(layer).Arn));
    // The detection gives a reason only for strangers' layers; without any, it names all that the call set.
    const offending = finding.match.evidence
      .filter(({ why }) => why !== undefined)
      .map(({ value }) => plainTextOf(value));
    if (offending.length === 0)
      return needsBaseline(
        `the record does not contain the layers that the function ${FunctionName} had before`,
      );
    const left = layers.filter((layer) => !offending.includes(layer));
    if (left.length === layers.length)
      return alreadyOk(`the function ${FunctionName} has none of the layers that the event set`);
    const set = (Layers: string[]) => call("UpdateFunctionConfiguration", { FunctionName, Layers });
    const taken = layers.filter((layer) => offending.includes(layer));
    return {
      summary: `Remove ${taken.join(", ")} from the function ${FunctionName}`,
      calls: [{ ...set(left), doneWhen: gone }],
      rollback: [set(layers)],
    };
  },
};
