import { advised } from "./advice";
import type { Aws } from "./aws";
import { type CheckFailure, check, type InputsOf, type Properties, type Values } from "./property";
import { defined } from "./wire";

/**
 * How to create, read, change and delete one type of resource with the AWS SDK. Used by both the deployer and the provider
 * for the Pulumi engine; nothing else knows about resource types.
 */
export interface ResourceType<P extends Properties = Properties> {
  /** Pulumi's type token: `aws:s3/bucket:Bucket`. */
  type: string;
  /** Its input properties. All others are rejected. */
  properties: P;
  /** Creates it, and returns its id as in Pulumi's AWS provider. */
  create(inputs: InputsOf<P>, aws: Aws): Promise<string>;
  /** Applies the settings that `create` does not or, given `olds`, changes it in place to the inputs. Idempotent. */
  put?(id: string, inputs: InputsOf<P>, aws: Aws, olds?: Values): Promise<void>;
  /**
   * Its live properties and outputs by name; undefined if it is gone. Properties that AWS does not return (`forceDestroy`)
   * are omitted.
   */
  read(id: string, state: Values, aws: Aws): Promise<Values | undefined>;
  /** Deletes it with everything in it. It is no error if it is already gone. */
  delete(id: string, state: Values, aws: Aws): Promise<void>;
}

/** Derives the types of a resource type from its table of properties. */
export function resourceType<P extends Properties>(type: ResourceType<P>): ResourceType {
  return type as unknown as ResourceType;
}

/** A resource after an operation. */
export interface ResourceState {
  id: string;
  /** Inputs and outputs by name. */
  outputs: Values;
}

/** A resource that was created but did not get all its settings. It exists, so it must be kept in the state. */
export class HalfMade extends Error {
  constructor(
    cause: Error,
    readonly state: ResourceState,
  ) {
    super(cause.message, { cause });
  }
}

/**
 * Inputs, with an omitted name generated from the name in the program, and what is wrong with them.
 *
 * @param suffix makes the name unique in its account; Pulumi appends seven hex digits
 */
export function checkInputs(
  type: ResourceType,
  name: string,
  inputs: Values,
  suffix: string,
): { inputs: Values; failures: CheckFailure[] } {
  const all = { ...inputs };
  for (const [key, property] of Object.entries(type.properties)) {
    if (property.named && (all[key] === undefined || all[key] === null)) all[key] = `${name}-${suffix}`;
  }
  return { inputs: all, failures: check(type.properties, all) };
}

/** A resource as it is in AWS now; undefined if it is gone. Whatever AWS does not return is taken from `state`. */
export async function readResource(
  type: ResourceType,
  id: string,
  state: Values,
  aws: Aws,
): Promise<ResourceState | undefined> {
  const live = await type.read(id, state, aws);
  return live && { id, outputs: defined({ ...state, ...live }) };
}

async function present(type: ResourceType, id: string, inputs: Values, aws: Aws): Promise<ResourceState> {
  const state = await readResource(type, id, inputs, aws);
  if (!state) throw new Error(`it was created with id ${id}, but cannot be read`);
  return state;
}

/** @throws HalfMade if it exists but a later step failed; Error if it was not created */
export async function createResource(type: ResourceType, inputs: Values, aws: Aws): Promise<ResourceState> {
  const id = await type.create(inputs, aws).catch((error: Error) => Promise.reject(advised(error)));
  try {
    await type.put?.(id, inputs, aws);
    return await present(type, id, inputs, aws);
  } catch (error) {
    throw new HalfMade(advised(error as Error), { id, outputs: inputs });
  }
}

/** Changes a resource in place. */
export async function updateResource(
  type: ResourceType,
  id: string,
  olds: Values,
  news: Values,
  aws: Aws,
): Promise<ResourceState> {
  await type.put?.(id, news, aws, olds)?.catch((error: Error) => Promise.reject(advised(error)));
  return present(type, id, news, aws);
}
