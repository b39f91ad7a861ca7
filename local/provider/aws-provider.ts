import { randomBytes } from "node:crypto";
import type { Provider } from "@pulumi/pulumi/provider";
import type { Aws } from "../resources/aws";
import { resourceTypeOf } from "../resources/index";
import { invoke } from "../resources/invokes";
import { difference, type Values } from "../resources/property";
import {
  checkInputs,
  createResource,
  HalfMade,
  readResource,
  type ResourceType,
  updateResource,
} from "../resources/resource-type";
import { holdsSecret, plainValues, secret } from "../resources/wire";

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. */
function parseUrn(urn: string): { type: ResourceType; name: string } {
  const [, , types = "", name = ""] = urn.split("::");
  return { type: resourceTypeOf(types.split("$").at(-1) ?? ""), name };
}

/** Outputs, marked as secrets where the program or the state does so. */
function withSecrets(outputs: Values, marked: Values): Values {
  const entries = Object.entries(outputs).map(([name, value]) => [
    name,
    holdsSecret(marked[name]) ? secret(value) : value,
  ]);
  return Object.fromEntries(entries) as Values;
}

/** The generated name of this resource, so that it keeps it. */
function keptName(type: ResourceType, olds: Values): Values {
  const named = Object.keys(type.properties).find((key) => type.properties[key]?.named);
  return named && olds[named] !== undefined ? { [named]: olds[named] } : {};
}

/** A resource that exists without all its settings goes into the state, and the next `up` continues from there. */
async function orHalfMade<T>(made: Promise<T>): Promise<T> {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof HalfMade)) throw error;
    const { id, outputs } = error.state;
    throw Object.assign(new Error(error.message, { cause: error }), {
      id,
      properties: outputs,
      reasons: [error.message],
    });
  }
}

/**
 * The AWS provider for an account on this machine, with the same resource types as the deployer.
 *
 * @param version the version that it stands in for
 * @param connected clients for the account, opened on first use
 */
export function awsProvider(version: string, connected: () => Promise<Aws>): Provider {
  return {
    version,
    async check(urn, olds: Values, news: Values) {
      const { type, name } = parseUrn(urn);
      const { inputs } = checkInputs(type, name, { ...keptName(type, olds), ...news }, randomSuffix());
      const { failures } = checkInputs(type, name, await plainValues(inputs), "");
      return { inputs, failures };
    },
    async diff(_id, urn, olds: Values, news: Values) {
      const { type } = parseUrn(urn);
      const { changed, replaces } = difference(
        type.properties,
        await plainValues(olds),
        await plainValues(news),
      );
      const renamed = changed.some((property) => type.properties[property]?.named);
      const isNamed = Object.values(type.properties).some(({ named }) => named);
      // Two of the same name cannot exist at once.
      return { changes: changed.length > 0, replaces, deleteBeforeReplace: isNamed && !renamed };
    },
    async create(urn, inputs: Values) {
      const { type } = parseUrn(urn);
      const { id, outputs } = await orHalfMade(
        createResource(type, await plainValues(inputs), await connected()),
      );
      return { id, outs: withSecrets(outputs, inputs) };
    },
    async read(id, urn, props: Values = {}) {
      const { type } = parseUrn(urn);
      const live = await readResource(type, id, await plainValues(props), await connected());
      // An empty id tells the engine that the resource is gone.
      return live ? { id, props: withSecrets(live.outputs, props) } : { id: "", props: {} };
    },
    async update(id, urn, olds: Values, news: Values) {
      const { type } = parseUrn(urn);
      const { outputs } = await updateResource(
        type,
        id,
        await plainValues(olds),
        await plainValues(news),
        await connected(),
      );
      return { outs: withSecrets(outputs, news) };
    },
    async delete(id, urn, props: Values) {
      const { type } = parseUrn(urn);
      await type.delete(id, await plainValues(props), await connected());
    },
    async invoke(token, args: Values) {
      return { outputs: await invoke(token, await plainValues(args), await connected()) };
    },
  };
}

function randomSuffix(): string {
  return randomBytes(4).toString("hex").slice(0, 7);
}
