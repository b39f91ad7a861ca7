import { readFile } from "node:fs/promises";
import type { Problem } from "../infra/checks";
import { usageError } from "./verb";

/** The namespace of this project's configuration. */
export const project = "cloudtrailer";

/** Configuration as Pulumi passes it: `<namespace>:<key>` → text; lists and objects are JSON. */
export interface StackConfig {
  values: Record<string, string>;
  /** What was omitted because it is a secret that only Pulumi can decrypt: `cloudtrailer:subscribers[0]`. */
  leftOut: string[];
}

/**
 * The configuration in a stack's file, `Pulumi.<stack>.yaml`, or the same as JSON, with or without namespaces.
 *
 * @throws a usage error if it cannot be read
 */
export async function readStackFile(file: string): Promise<StackConfig> {
  const { load, CORE_SCHEMA } = require("js-yaml") as {
    load(text: string, options: { filename: string; schema: unknown }): unknown;
    CORE_SCHEMA: unknown;
  };
  let parsed: unknown;
  try {
    // Dates stay strings, as in Pulumi.
    parsed = load(await readFile(file, "utf8"), { filename: file, schema: CORE_SCHEMA });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw usageError(
      `--config ${file}: ${code === "ENOENT" ? "there is no such file" : message.split("\n")[0]}`,
    );
  }
  if (!isMap(parsed))
    throw usageError(`--config ${file}: expected a stack's file (config: {…}), found no map`);
  const {
    config = withoutKeys(parsed, ["encryptionsalt", "encryptedkey", "secretsprovider", "environment"]),
  } = parsed;
  if (!isMap(config)) throw usageError(`--config ${file}: expected a map below config:, found none`);
  return stackConfigOf(config);
}

/** Configuration from values of any type. Keys without a namespace get the project's. */
export function stackConfigOf(config: Record<string, unknown>): StackConfig {
  const result: StackConfig = { values: {}, leftOut: [] };
  for (const [key, value] of Object.entries(config)) {
    const name = key.includes(":") ? key : `${project}:${key}`;
    const open = withoutSecrets(value, name, result.leftOut);
    if (open !== undefined) result.values[name] = typeof open === "string" ? open : JSON.stringify(open);
  }
  return result;
}

/**
 * A value without secrets, which Pulumi writes as `{ secure: … }` at any depth. A list entry that contains one is dropped
 * as a whole, because it would be incomplete; otherwise the key is dropped. Undefined if nothing is left.
 */
function withoutSecrets(value: unknown, at: string, leftOut: string[]): unknown {
  if (Array.isArray(value))
    return value
      .map((entry: unknown, index) => {
        const inside: string[] = [];
        const open = withoutSecrets(entry, `${at}[${index}]`, inside);
        if (inside.length === 0) return open;
        leftOut.push(`${at}[${index}]`);
        return undefined;
      })
      .filter((entry) => entry !== undefined);
  if (!isMap(value)) return value;
  if (Object.keys(value).length === 1 && typeof value.secure === "string") {
    leftOut.push(at);
    return undefined;
  }
  const open = Object.entries(value).map(([key, inner]) => [
    key,
    withoutSecrets(inner, `${at}.${key}`, leftOut),
  ]);
  return Object.fromEntries(open.filter(([, inner]) => inner !== undefined)) as unknown;
}

/**
 * One message that names every wrong value by its origin: an option, or a key of a file.
 *
 * @param placeOf the origin of a key's value: `--mode`; undefined for a key that was not given
 */
export function configProblems(problems: Problem[], placeOf: (key: string) => string | undefined): string {
  const lines = problems.map(({ key, expected, found }) => {
    const top = /^[^.[]*/.exec(key)?.[0] ?? key;
    return `  ${placeOf(top) ?? top}${key.slice(top.length)}: expected ${expected}; found ${found}`;
  });
  const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
  return [`the configuration has ${count}:`, ...lines, "docs/configuration.md describes every key"].join(
    "\n",
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withoutKeys(map: Record<string, unknown>, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}
