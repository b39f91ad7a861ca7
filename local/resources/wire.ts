import type { Values } from "./property";

/**
 * How Pulumi marks special values between its processes.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts
 */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null;
}

const isSecret = (value: Values) => value[signatureKey] === secretSignature;

/** A value with its secrets revealed at any depth and its promises awaited: an asset keeps its text as a promise. */
export async function plain(value: unknown): Promise<unknown> {
  const settled = await value;
  if (Array.isArray(settled)) return Promise.all(settled.map(plain));
  if (!isObject(settled)) return settled;
  if (isSecret(settled)) return plain(settled.value);
  const entries = Object.entries(settled).map(async ([key, each]) => [key, await plain(each)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** {@link plain}, for all inputs or outputs of a resource. */
export async function plainValues(values: Values): Promise<Values> {
  return (await plain(values)) as Values;
}

/** Values without undefined members, at any depth: Pulumi's wire format has no undefined. */
export function defined(values: Values): Values {
  return JSON.parse(JSON.stringify(values)) as Values;
}

/** Whether a value is or contains a secret. */
export function holdsSecret(value: unknown): boolean {
  if (!isObject(value)) return false;
  return isSecret(value) || Object.values(value).some(holdsSecret);
}

/** Marks a value as a secret for the Pulumi engine, which then encrypts it in its state. */
export function secret(value: unknown): Values {
  return { [signatureKey]: secretSignature, value };
}
