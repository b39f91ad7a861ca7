import { advised } from "./advice";
import type { Aws } from "./aws";
import { type CheckFailure, check, type InputsOf, type Properties, type Values } from "./property";
import { defined } from "./wire";

/**
 * How one type of resource is made, read, changed and deleted with the AWS SDK. The deployer and the provider
 * for the Pulumi engine both work by these; nothing else knows a resource type.
 */
export interface ResourceType<P extends Properties = Properties> {
  /** Pulumi's type token: `aws:s3/bucket:Bucket`. */
  type: string;
  /** Its input properties. All others are refused. */
  properties: P;
  /** Makes it exist, and returns its id as the AWS provider of Pulumi has it. */
  create(inputs: InputsOf<P>, aws: Aws): Promise<string>;
  /** Gives it all settings that `create` does not, or, with `olds`, changes it in place to the inputs. Can be repeated. */
  put?(id: string, inputs: InputsOf<P>, aws: Aws, olds?: Values): Promise<void>;
  /**
   * Its live properties and outputs by name, or nothing when it is gone. Properties that AWS does not tell
   * (`forceDestroy`) are left out.
   */
  read(id: string, state: Values, aws: Aws): Promise<Values | undefined>;
  /** Deletes it with all that is in it. One that is gone already is no error. */
  delete(id: string, state: Values, aws: Aws): Promise<void>;
}

/** Types a resource type by its own table of properties. */
export function resourceType<P extends Properties>(type: ResourceType<P>): ResourceType {
  return type as unknown as ResourceType;
}

/** A resource as it is after an operation. */
export interface ResourceState {
  id: string;
  /** Inputs and outputs by name. */
  outputs: Values;
}

/** A resource that was made, but did not get all its settings: it exists and is to be kept in the state. */
export class HalfMade extends Error {
  constructor(
    cause: Error,
    readonly state: ResourceState,
  ) {
    super(cause.message, { cause });
  }
}

/**
 * Inputs with the name that is not given made from the name in the program, and what is wrong with them.
 *
 * @param suffix - what makes the name unique in its account: Pulumi adds seven hex digits
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

/** A resource as AWS has it now, or nothing when it is gone. What AWS does not tell is as in `state`. */
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
  if (!state) throw new Error(`it was made with id ${id}, and cannot be read`);
  return state;
}

/** @throws HalfMade when it exists but a later step failed; Error when it was not made */
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
