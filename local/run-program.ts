/**
 * The deployer's child process: runs the Pulumi program under Pulumi's mocks and creates each resource as it is declared.
 * Started by deployer.ts, with which it communicates over IPC.
 *
 * Each run has its own process, because the program and Pulumi's runtime keep their state at module level: a second run in
 * the same process would see the first one's stack, configuration and resources.
 */
import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { connect } from "./resources/aws";
import { resourceTypeOf } from "./resources/index";
import { invoke } from "./resources/invokes";
import { checkInputs, createResource, HalfMade, type ResourceState } from "./resources/resource-type";
import { plain, plainValues } from "./resources/wire";
import type { FromProgram, MadeResource, ProgramOptions } from "./deployer";

const projectName = "cloudtrailer";

const tell = (message: FromProgram) =>
  new Promise<void>((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });

/** Resources being created. */
const making = new Set<Promise<unknown>>();
let hasFailed = false;

/**
 * The first failure ends the run, because later ones usually follow from it. Resources being created are finished and
 * reported first, or nobody would delete them.
 */
async function fail(error: unknown, resource?: string): Promise<never> {
  hasFailed = true;
  await Promise.allSettled([...making]);
  const text = error instanceof Error ? error.message : String(error);
  await tell({ failed: resource ? `${resource}: ${text}` : text });
  process.exit(1);
}

/** The error for what is no longer created. */
const never = new Promise<never>(() => {});

/** Seven hex digits like Pulumi's, but the same on every run. */
function suffixOf(...parts: string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 7);
}

async function deploy(options: ProgramOptions): Promise<void> {
  const aws = connect(options.connection);
  async function make({ type: token, name, inputs: given }: MockResourceArgs): Promise<ResourceState> {
    const type = resourceTypeOf(token);
    const { inputs, failures } = checkInputs(
      type,
      name,
      await plainValues(given),
      suffixOf(options.stack, token, name),
    );
    if (failures.length) {
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
    }
    const made = (state: ResourceState): MadeResource => ({ type: token, name, ...state });
    try {
      const state = await createResource(type, inputs, aws);
      await tell({ made: made(state) });
      return state;
    } catch (error) {
      if (error instanceof HalfMade) await tell({ made: made(error.state) });
      throw error;
    }
  }

  await pulumi.runtime.setMocks(
    {
      async newResource(args) {
        if (!args.custom) return { id: undefined, state: args.inputs };
        const resource = `${args.type} "${args.name}"`;
        if (hasFailed) return never;
        const made = make(args);
        making.add(made);
        const { id, outputs } = await made
          .finally(() => making.delete(made))
          .catch((error: unknown) => fail(error, resource));
        return { id, state: outputs };
      },
      async call({ token, inputs }: MockCallArgs) {
        return invoke(token, inputs, aws).catch((error: unknown) => fail(error, token));
      },
    },
    projectName,
    options.stack,
    false,
  );
  pulumi.runtime.setAllConfig(options.config, options.secretKeys);
  const program = require(options.program) as Record<string, pulumi.Input<unknown>>;
  let outputs: unknown;
  pulumi.output(program).apply((value) => {
    outputs = value;
  });
  // Pulumi does not say when everything in a program is registered, because callbacks are serialized first. When nothing
  // is left to do in the process, everything is, and an output without a value will never get one.
  process.channel?.unref();
  process.once("beforeExit", () => void finish(outputs));
}

async function finish(outputs: unknown): Promise<void> {
  if (outputs === undefined) await fail(new Error("An output of the program never gets a value."));
  await tell({ outputs: (await plain(outputs)) as Record<string, unknown> });
  process.exit();
}

process.on("uncaughtException", (error) => void fail(error));
process.on("unhandledRejection", (error) => void fail(error));
process.once("message", (options) => void deploy(options as ProgramOptions).catch(fail));
// The parent is gone, so nobody owns what is being created.
process.once("disconnect", () => process.exit());
