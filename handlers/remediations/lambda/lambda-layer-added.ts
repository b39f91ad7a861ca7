import { fieldsOf, listOf, plainTextOf } from "../../cloudtrail/record";
import type { Finding } from "../../findings/finding";
import type { CallAws, Remediation } from "../remediation";
import { alreadyOk, callsTo, requested, unlessGone } from "../support";

/**
 * Takes the layers that the detection names (those of other accounts, or, where there are none, those that the call
 * set) off the function; its other layers, its code and its settings stay. Published versions keep what they have.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export const undoLambdaLayerAdded: Remediation = {
  id: "lambda-layer-added",
  reads: ["lambda:GetFunctionConfiguration"],
  // Lambda asks for the right to read each layer that stays.
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
    const offending = finding.match.evidence.map(({ value }) => plainTextOf(value));
    const left = layers.filter((layer) => !offending.includes(layer));
    if (left.length === layers.length)
      return alreadyOk(`the function ${FunctionName} has none of the layers that the event set`);
    const set = (Layers: string[]) => call("UpdateFunctionConfiguration", { FunctionName, Layers });
    const taken = layers.filter((layer) => offending.includes(layer));
    return {
      summary: `Take ${taken.join(", ")} off the function ${FunctionName}`,
      calls: [{ ...set(left), doneWhen: gone }],
      undo: [set(layers)],
    };
  },
};
