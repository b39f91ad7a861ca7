import { createHash } from "node:crypto";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { jsonText } from "../property";
import { resourceType } from "../resource-type";

/**
 * An invocation of a function, once per set of inputs: a change of any input makes a new one. It cannot be read or deleted.
 *
 * https://www.pulumi.com/registry/packages/aws/api-docs/lambda/invocation/
 */
export const invocation = resourceType({
  type: "aws:lambda/invocation:Invocation",
  properties: {
    functionName: { kind: "text", required: true, replaces: true },
    input: { kind: "json", required: true, replaces: true },
    triggers: { kind: "map", replaces: true },
  },
  async create({ functionName, input }, aws) {
    const answer = await aws.lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(jsonText(input)) }),
    );
    const result = Buffer.from(answer.Payload ?? []).toString();
    if (answer.FunctionError !== undefined)
      throw new Error(`the function ${functionName} failed: ${answer.FunctionError}: ${result}`);
    return `${functionName}_$LATEST_${createHash("md5").update(result).digest("hex")}`;
  },
  async read(_id, state) {
    return { functionName: state.functionName, input: state.input, triggers: state.triggers };
  },
  async delete() {},
});
