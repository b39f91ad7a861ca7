import {
  type Architecture,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  PutFunctionConcurrencyCommand,
  type Runtime,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { type Aws, ifPresent, tagChanges } from "../aws";
import type { InputsOf, Values } from "../property";
import { resourceType } from "../resource-type";
import { zipArchive } from "./code-archive";
import { checkEnvironment } from "./environment";

/** Seconds that a function may take to become active or updated. */
const waitLimit = 60;

const properties = {
  name: { kind: "text", named: true, replaces: true },
  code: { kind: "archive", required: true },
  handler: { kind: "text", required: true },
  role: { kind: "text", required: true },
  runtime: { kind: "text", required: true },
  architectures: { kind: "texts", default: ["x86_64"], replaces: true },
  description: { kind: "text" },
  environment: { kind: "object", of: { variables: { kind: "map" } } },
  memorySize: { kind: "number", default: 128 },
  reservedConcurrentExecutions: { kind: "number", default: -1 },
  timeout: { kind: "number", default: 3 },
  tags: { kind: "map" },
} as const;

type Inputs = InputsOf<typeof properties>;

/** Everything but the code. Only here is what functions on this machine need added to the environment. */
function configuration(inputs: Inputs, aws: Aws) {
  checkEnvironment(inputs.environment?.variables);
  return {
    FunctionName: inputs.name,
    Handler: inputs.handler,
    Role: inputs.role,
    Runtime: inputs.runtime as Runtime,
    Description: inputs.description ?? "",
    MemorySize: inputs.memorySize ?? 128,
    Timeout: inputs.timeout ?? 3,
    Environment: { Variables: { ...inputs.environment?.variables, ...aws.functionEnvironment } },
  };
}

/** The environment without what was added for this machine. */
function declared(variables: Record<string, string> = {}, aws: Aws): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !(name in aws.functionEnvironment)));
}

async function change(id: string, inputs: Inputs, aws: Aws): Promise<void> {
  const updated = () =>
    waitUntilFunctionUpdatedV2(
      { client: aws.lambda, maxWaitTime: waitLimit, minDelay: 1 },
      { FunctionName: id },
    );
  await aws.lambda.send(new UpdateFunctionConfigurationCommand(configuration(inputs, aws)));
  await updated();
  await aws.lambda.send(
    new UpdateFunctionCodeCommand({ FunctionName: id, ZipFile: zipArchive(inputs.code).zip }),
  );
  await updated();
}

async function putConcurrency(id: string, reserved: number | undefined, aws: Aws): Promise<void> {
  if (reserved === undefined || reserved < 0) {
    await aws.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: id }));
  } else {
    await aws.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: id, ReservedConcurrentExecutions: reserved }),
    );
  }
}

async function putTags(Resource: string, olds: unknown, tags: Inputs["tags"], aws: Aws): Promise<void> {
  const { set, removed } = tagChanges(olds, tags);
  if (removed.length) await aws.lambda.send(new UntagResourceCommand({ Resource, TagKeys: removed }));
  if (Object.keys(set).length) await aws.lambda.send(new TagResourceCommand({ Resource, Tags: set }));
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/lambda/function/ */
export const lambdaFunction = resourceType({
  type: "aws:lambda/function:Function",
  properties,
  async create(inputs, aws) {
    await aws.lambda.send(
      new CreateFunctionCommand({
        ...configuration(inputs, aws),
        Architectures: inputs.architectures as Architecture[] | undefined,
        Code: { ZipFile: zipArchive(inputs.code).zip },
      }),
    );
    return inputs.name;
  },
  async put(id, inputs, aws, olds) {
    if (olds) await change(id, inputs, aws);
    await waitUntilFunctionActiveV2(
      { client: aws.lambda, maxWaitTime: waitLimit, minDelay: 1 },
      { FunctionName: id },
    );
    if (olds || inputs.reservedConcurrentExecutions !== undefined) {
      await putConcurrency(id, inputs.reservedConcurrentExecutions, aws);
    }
    await putTags(arnOf(id, aws), olds?.tags, inputs.tags, aws);
  },
  async read(id, state, aws) {
    const live = await ifPresent(aws.lambda.send(new GetFunctionCommand({ FunctionName: id })));
    const { Configuration: its, Concurrency, Tags = {} } = live ?? {};
    if (!its) return undefined;
    return {
      ...codeAsFound(state, its.CodeSha256),
      name: its.FunctionName,
      handler: its.Handler,
      role: its.Role,
      runtime: its.Runtime,
      architectures: its.Architectures,
      description: its.Description,
      environment: { variables: declared(its.Environment?.Variables, aws) },
      memorySize: its.MemorySize,
      reservedConcurrentExecutions: Concurrency?.ReservedConcurrentExecutions,
      timeout: its.Timeout,
      tags: Tags,
      tagsAll: Tags,
      arn: its.FunctionArn,
      codeSha256: its.CodeSha256,
      invokeArn:
        `arn:${aws.partition}:apigateway:${aws.region}:lambda:path/2015-03-31/functions/` +
        `${its.FunctionArn}/invocations`,
      lastModified: its.LastModified,
      version: its.Version,
    };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.lambda.send(new DeleteFunctionCommand({ FunctionName: id })));
  },
});

const arnOf = (name: string, { partition, region, account }: Aws) =>
  `arn:${partition}:lambda:${region}:${account}:function:${name}`;

/**
 * AWS identifies code only by its hash: code that differs from what was deployed is shown as an empty archive. The state of
 * a resource that was just created has no hash yet.
 */
function codeAsFound(state: Values, sha256: string | undefined): Values {
  const isOurs = state.codeSha256 === undefined || state.codeSha256 === sha256;
  return isOurs ? {} : { code: { assets: {} } };
}
