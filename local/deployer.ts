import { fork } from "node:child_process";
import { join } from "node:path";
import { projectFolder, tail } from "./install-emulator";
import type { Credentials } from "./emulator";
import { leftovers } from "./leftovers";
import { connect, type Connection } from "./resources/aws";
import { resourceTypeOf } from "./resources/index";
import type { Values } from "./resources/property";

/** How long the program may be silent, in ms; otherwise a hanging output would wait forever. */
const silenceLimit = 180_000;

/** What to deploy, and where. */
export interface DeployOptions {
  /** Where resources are created: the emulator, or the recorder in front of it. */
  endpoint: string;
  /** Endpoint of the deployed functions' own calls; `endpoint` if omitted. */
  functionEndpoint?: string;
  /** 12 digits. */
  account: string;
  region: string;
  credentials: Credentials;
  /** The stack's configuration in Pulumi's form: `"cloudtrailer:team": "blue"`; arrays and objects as JSON. */
  config: Record<string, string>;
  /** Keys of `config` whose values are secrets. */
  secretKeys?: string[];
  stack: string;
  /** Path of the Pulumi program; index.ts of this project if omitted. */
  program?: string;
  /** Called for each resource as it is created or deleted. */
  progress?(line: string): void;
}

/** A created resource. */
export interface MadeResource {
  /** Pulumi's type token. */
  type: string;
  /** Its name in the program. */
  name: string;
  /** Its id, as in Pulumi's AWS provider. */
  id: string;
  outputs: Values;
}

/** The result of destroying a deployment. */
export interface Destroyed {
  /** How many resources were deleted. */
  deleted: number;
  /** What the account still lists under names of this deployment: `bucket lambdasharp-blue-cloudtrail`. */
  left: string[];
}

/** A deployed stack. */
export interface Deployment {
  /** What the program exports, by name. */
  outputs: Record<string, unknown>;
  /** In order of creation. */
  resources: MadeResource[];
  /** Deletes everything in reverse order, then looks for leftovers. */
  destroy(): Promise<Destroyed>;
}

/** The message to the child process. */
export interface ProgramOptions {
  connection: Connection;
  config: Record<string, string>;
  secretKeys: string[];
  stack: string;
  program: string;
}

/** A message from the child process. */
export type FromProgram = { made: MadeResource } | { outputs: Record<string, unknown> } | { failed: string };

interface Result {
  made: MadeResource[];
  outputs?: Record<string, unknown>;
  failed?: string;
}

/** Runs the program in its own process, until it reports its outputs or a failure. */
function runProgram(options: ProgramOptions, progress: (line: string) => void): Promise<Result> {
  return new Promise((resolve) => {
    const result: Result = { made: [] };
    const child = fork(join(__dirname, "run-program.ts"), [], {
      cwd: projectFolder,
      execArgv: ["--require", join(projectFolder, "cli", "register.js")],
      silent: true,
    });
    let output = "";
    const watchdog = setTimeout(() => {
      result.failed = `nothing happened for ${silenceLimit / 1000} s: an output of the program never settles`;
      child.kill("SIGKILL");
    }, silenceLimit);
    const listen = (chunk: Buffer) => {
      output = tail(output + chunk.toString(), 20);
      watchdog.refresh();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.on("message", (message: FromProgram) => {
      watchdog.refresh();
      if ("made" in message) {
        result.made.push(message.made);
        progress(`created ${message.made.type} "${message.made.name}"`);
      } else if ("outputs" in message) result.outputs = message.outputs;
      else result.failed ??= message.failed;
    });
    child.on("error", (error) => {
      result.failed ??= error.message;
    });
    child.on("close", (code, signal) => {
      clearTimeout(watchdog);
      if (!result.outputs) result.failed ??= `the program exited with ${code ?? signal}:\n${output}`;
      resolve(result);
    });
    child.send(options);
  });
}

/**
 * Runs the program, unchanged, under Pulumi's mocks and creates every resource it declares with the AWS SDK, in dependency
 * order, with the serialized callback as the function's code.
 *
 * @throws Error that names the resource that failed; whatever was created before is deleted again
 */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const { endpoint, account, region, credentials, stack, progress = () => {} } = options;
  const connection: Connection = {
    endpoint,
    account,
    region,
    credentials,
    functionEnvironment: {
      NODE_PATH: join(projectFolder, "node_modules"),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      AWS_ENDPOINT_URL: options.functionEndpoint ?? endpoint,
    },
  };
  const { config, secretKeys = [], program = join(projectFolder, "index.ts") } = options;
  const result = await runProgram({ connection, config, secretKeys, stack, program }, progress);
  const destroy = () => destroyAll(result.made, connection, progress);
  const { outputs, failed } = result;
  if (!outputs || failed) {
    await destroy();
    throw new Error(`unable to deploy stack ${stack} to ${endpoint}. ${failed}`);
  }
  return { outputs, resources: result.made, destroy };
}

async function destroyAll(
  made: readonly MadeResource[],
  connection: Connection,
  progress: (line: string) => void,
): Promise<Destroyed> {
  const aws = connect(connection);
  for (const { type, name, id, outputs } of [...made].reverse()) {
    try {
      await resourceTypeOf(type).delete(id, outputs, aws);
    } catch (cause) {
      throw new Error(`unable to delete ${type} "${name}" (${id}): ${(cause as Error).message}`, {
        cause,
      });
    }
    progress(`deleted ${type} "${name}"`);
  }
  return { deleted: made.length, left: await leftovers(made, aws) };
}
