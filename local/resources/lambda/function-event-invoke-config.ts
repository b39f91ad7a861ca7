import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { type Aws, ifPresent } from "../aws";
import { fromWire, toWire } from "../casing";
import type { InputsOf } from "../property";
import { resourceType } from "../resource-type";

const target = { kind: "object", of: { destination: { kind: "text", required: true } } } as const;

const properties = {
  functionName: { kind: "text", required: true, replaces: true },
  maximumRetryAttempts: { kind: "number", default: 2 },
  maximumEventAgeInSeconds: { kind: "number", default: 21_600 },
  destinationConfig: { kind: "object", of: { onFailure: target, onSuccess: target } },
} as const;

const putConfig = ({ functionName, ...inputs }: InputsOf<typeof properties>, aws: Aws) =>
  aws.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: functionName,
      MaximumRetryAttempts: inputs.maximumRetryAttempts ?? 2,
      MaximumEventAgeInSeconds: inputs.maximumEventAgeInSeconds ?? 21_600,
      DestinationConfig: toWire(inputs.destinationConfig),
    }),
  );

/** https://www.pulumi.com/registry/packages/aws/api-docs/lambda/functioneventinvokeconfig/ */
export const functionEventInvokeConfig = resourceType({
  type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  properties,
  async create(inputs, aws) {
    await putConfig(inputs, aws);
    return inputs.functionName;
  },
  async put(_id, inputs, aws, olds) {
    if (olds) await putConfig(inputs, aws);
  },
  async read(id, _state, aws) {
    const live = await ifPresent(
      aws.lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: id })),
    );
    return (
      live && {
        functionName: id,
        maximumRetryAttempts: live.MaximumRetryAttempts,
        maximumEventAgeInSeconds: live.MaximumEventAgeInSeconds,
        destinationConfig: fromWire(live.DestinationConfig),
      }
    );
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName: id })));
  },
});
