import { execFile } from "node:child_process";
import { join } from "node:path";
import { createCallAws, type OtherAccounts } from "../handlers/aws/clients";
import { fieldsOf, textOf } from "../handlers/json";
import type { CallAws } from "../handlers/aws/call";
import { type Options, usageError } from "./verb";

/** Where to find a part of a stack that is not given as an option: an output of the program, or the environment. */
const parts = {
  table: { output: "tableName", variable: "CLOUDTRAILER_TABLE" },
  queue: { output: "failureQueueUrl", variable: "CLOUDTRAILER_QUEUE" },
  function: { output: "functionName", variable: "CLOUDTRAILER_FUNCTION" },
  trail: { output: "trailArn", variable: "CLOUDTRAILER_TRAIL" },
  bucket: { output: "bucket", variable: "CLOUDTRAILER_BUCKET" },
  reports: { output: "reportsBucket", variable: "CLOUDTRAILER_REPORTS" },
  hunts: { output: "huntsArn", variable: "CLOUDTRAILER_HUNTS" },
} as const;

type Part = keyof typeof parts;

/** Options that name a stack. A verb adds those for the parts it needs. */
export const stackOptions = {
  stack: {
    type: "string",
    value: "NAME",
    description: "the Pulumi stack (default: the one in CLOUDTRAILER_TABLE and the like, or the current one)",
  },
  region: {
    type: "string",
    value: "REGION",
    description: "the stack's region, instead of its output or AWS_REGION",
  },
  endpoint: { type: "string", value: "URL", description: "endpoint of AWS, instead of AWS_ENDPOINT_URL" },
} as const satisfies Options;

/** Names the findings table, for people without access to the Pulumi stack. */
export const tableOption = {
  table: {
    type: "string",
    value: "NAME",
    description: "the findings table, instead of the stack's output tableName",
  },
} as const satisfies Options;

/** Names the function, for somebody without access to the Pulumi stack. */
export const functionOption = {
  function: {
    type: "string",
    value: "NAME",
    description: "the function, instead of the stack's output functionName",
  },
} as const satisfies Options;

/** The given {@link stackOptions}, and options of parts. */
export type StackValues = Partial<Record<Part | "stack" | "region" | "endpoint", string | undefined>>;

/** A stack's table, and calls to it as a person. */
export interface StackAccess {
  table: string;
  region: string;
  /** Calls with the credentials of the person who runs the verb. */
  aws: CallAws;
}

/** Where to look besides the options. */
export interface Surroundings {
  environment: Record<string, string | undefined>;
  /** The outputs of a Pulumi stack; of the current one if none is named. */
  outputsOf(stack: string | undefined): Promise<Record<string, unknown>>;
}

/** Those of this process. */
export const processSurroundings: Surroundings = { environment: process.env, outputsOf: outputsOfPulumi };

/**
 * Finds parts of a stack. Each comes from its own option, from the stack of `--stack`, from the environment, or from the
 * current Pulumi stack, in this order.
 *
 * @throws a usage error that says where a part was looked for
 */
export async function findStack<Name extends Part>(
  needed: readonly Name[],
  values: StackValues,
  { environment, outputsOf }: Surroundings = processSurroundings,
): Promise<Record<Name | "region", string>> {
  const given = (part: Part) =>
    values[part] ?? (values.stack === undefined ? environment[parts[part].variable] : undefined);
  const missing = needed.filter((part) => !given(part));
  const asksPulumi = missing.length > 0 || values.stack !== undefined;
  const outputs = asksPulumi ? await outputsFor(missing, values.stack, outputsOf) : {};
  const found: Partial<Record<Part | "region", string>> = {};
  for (const part of needed) found[part] = given(part) || outputOf(outputs, parts[part].output, values.stack);
  const { AWS_REGION, AWS_DEFAULT_REGION } = environment;
  const region = values.region || textOf(outputs.region) || AWS_REGION || AWS_DEFAULT_REGION;
  if (!region) throw usageError("expected --region, or AWS_REGION in the environment");
  return { ...found, region } as Record<Name | "region", string>;
}

/** The stack's table, and calls to it. @throws a usage error if it is not found */
export async function accessStack(values: StackValues, surroundings?: Surroundings): Promise<StackAccess> {
  const { table, region } = await findStack(["table"], values, surroundings);
  return { table, region, aws: namingTable(callAwsAt(values.endpoint), table) };
}

/** AWS does not say which table it did not find. */
export function namingTable(aws: CallAws, table: string): CallAws {
  return (call) =>
    aws(call).catch((cause: Error) => {
      if (call.service !== "dynamodb" || cause.name !== "ResourceNotFoundException") throw cause;
      throw new Error(`expected a table ${table} in ${call.region}, found none`, { cause });
    });
}

/** Longer than a function may run (15 minutes), in ms. */
const invocationLimit = 1_000_000;

/** Calls AWS as the person who runs a verb. An invocation may take as long as a function may run, and is made once. */
export function callAwsAt(endpoint: string | undefined, userAgent?: string, others?: OtherAccounts): CallAws {
  const options = {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(others === undefined ? {} : { others }),
  };
  const usual = createCallAws(options);
  const patient = createCallAws({ ...options, attempts: 1, timeoutMs: invocationLimit });
  return (call) => (call.service === "lambda" && call.operation === "Invoke" ? patient(call) : usual(call));
}

async function outputsFor(
  missing: readonly Part[],
  stack: string | undefined,
  outputsOf: Surroundings["outputsOf"],
): Promise<Record<string, unknown>> {
  try {
    return await outputsOf(stack);
  } catch (error) {
    const { message } = error as Error;
    if (stack !== undefined) throw usageError(`unable to read the stack of --stack ${stack}: ${message}`);
    const named = missing.map((part) => `--${part}`).join(" and ");
    const variables = missing.map((part) => parts[part].variable).join(" and ");
    throw usageError(
      `unable to find the stack: ${message}. Select a Pulumi stack, or use --stack, ${named}, or ${variables}`,
    );
  }
}

function outputOf(outputs: Record<string, unknown>, name: string, stack: string | undefined): string {
  const value = textOf(outputs[name]);
  if (value) return value;
  const which = stack === undefined ? "the current Pulumi stack" : `the stack ${stack}`;
  throw usageError(
    `expected the output ${name} in ${which}, found none: run pulumi up first, or name another stack`,
  );
}

/** How long Pulumi may take to read a stack's state, in ms. */
const pulumiLimit = 60_000;

/** The outputs of a Pulumi stack of this project. @throws Error with what Pulumi says */
function outputsOfPulumi(stack: string | undefined): Promise<Record<string, unknown>> {
  const args = ["stack", "output", "--json", "--non-interactive", "--cwd", join(__dirname, "..")];
  if (stack !== undefined) args.push("--stack", stack);
  return new Promise((resolve, reject) => {
    execFile("pulumi", args, { timeout: pulumiLimit }, (error, stdout, stderr) => {
      if (error === null) return resolve(fieldsOf(JSON.parse(stdout)));
      if (error.code === "ENOENT") return reject(new Error("the Pulumi CLI is not installed"));
      if (error.killed) return reject(new Error(`pulumi did not answer within ${pulumiLimit / 1000} s`));
      const said =
        stderr.split("\n").find((line) => line.startsWith("error:")) ?? stderr.trim().split("\n")[0];
      reject(new Error(`pulumi says: ${said?.replace(/^error: */, "") || error.message}`));
    });
  });
}

/** Items of the table that match a filter, page by page. */
export async function* itemsOfTable(
  { table, region, aws }: StackAccess,
  filter: {
    FilterExpression: string;
    ExpressionAttributeValues: Record<string, { S: string } | { N: string }>;
  },
): AsyncGenerator<Item> {
  let from: unknown;
  do {
    const input = { TableName: table, ...filter, ...(from === undefined ? {} : { ExclusiveStartKey: from }) };
    const page = await aws({ service: "dynamodb", operation: "Scan", region, input });
    yield* (page.Items ?? []) as Item[];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

/** An item in DynamoDB's form, as far as these verbs read it. */
export interface Item {
  [attribute: string]: { S?: string; N?: string; SS?: string[] } | undefined;
}
