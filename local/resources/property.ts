import { createHash } from "node:crypto";

/**
 * The input properties of a resource type as a table. From it come the TypeScript type of the inputs, the check of a
 * program's values, and the comparison that tells an update from a replacement.
 */

/** The type of a property. `json` is a document as text or as an object, `map` has strings as values. */
export type Kind = "text" | "number" | "flag" | "texts" | "map" | "json" | "archive" | "object" | "objects";

/** One input property. */
export interface Property {
  kind: Kind;
  required?: boolean;
  /** Whether a change requires a replacement. */
  replaces?: boolean;
  /** Whether it is the resource's name, generated from the name in the program if omitted. */
  named?: boolean;
  /** AWS's default if the property is omitted. */
  default?: unknown;
  /** For `object` and `objects`: the properties inside. */
  of?: Properties;
}

/** The properties of a type, or of an object inside one. */
export type Properties = { readonly [name: string]: Property };

/** Values by property name, from a program or from AWS. */
export type Values = Record<string, unknown>;

type Value<P extends Property> = P["kind"] extends "text"
  ? string
  : P["kind"] extends "number"
    ? number
    : P["kind"] extends "flag"
      ? boolean
      : P["kind"] extends "texts"
        ? string[]
        : P["kind"] extends "map"
          ? Record<string, string>
          : P["kind"] extends "object"
            ? P["of"] extends Properties
              ? InputsOf<P["of"]>
              : Values
            : P["kind"] extends "objects"
              ? (P["of"] extends Properties ? InputsOf<P["of"]> : Values)[]
              : unknown;

type Given<P> = { [K in keyof P]: P[K] extends { required: true } | { named: true } ? K : never }[keyof P];

/** The TypeScript type of checked inputs, derived from their table. */
export type InputsOf<P extends Properties> = { [K in Given<P>]: Value<P[K]> } & {
  [K in Exclude<keyof P, Given<P>>]?: Value<P[K]>;
};

/** One wrong input; `property` is a path such as `rules[0].expiration.days`. */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** What the Pulumi engine sends in a preview for a value that is not yet known. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isJson(value: unknown): boolean {
  if (typeof value !== "string") return isObject(value);
  try {
    return isObject(JSON.parse(value));
  } catch {
    return false;
  }
}

const kinds: Record<Kind, { is: (value: unknown) => boolean; name: string }> = {
  text: { is: (value) => typeof value === "string", name: "a text" },
  number: { is: (value) => typeof value === "number", name: "a number" },
  flag: { is: (value) => typeof value === "boolean", name: "true or false" },
  texts: {
    is: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
    name: "a list of strings",
  },
  map: {
    is: (value) => isObject(value) && Object.values(value).every((each) => typeof each === "string"),
    name: "an object with strings as values",
  },
  json: { is: isJson, name: "a JSON document" },
  archive: { is: isObject, name: "an archive" },
  object: { is: isObject, name: "an object" },
  objects: {
    is: (value) => Array.isArray(value) && value.every((each) => isObject(each) || each === unknownValue),
    name: "a list of objects",
  },
};

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function holdsUnknown(value: unknown): boolean {
  return value === unknownValue || (isObject(value) && Object.values(value).some(holdsUnknown));
}

function checkValue(property: Property, value: unknown, path: string): CheckFailure[] {
  if (value === unknownValue) return [];
  const { is, name } = kinds[property.kind];
  if (!is(value) && !(property.kind === "map" && holdsUnknown(value))) {
    return [{ property: path, reason: `expected ${name}, found ${describe(value)}` }];
  }
  if (!property.of) return [];
  const { of } = property;
  if (property.kind === "object") return check(of, value as Values, `${path}.`);
  return (value as unknown[]).flatMap((each, index) =>
    isObject(each) ? check(of, each, `${path}[${index}].`) : [],
  );
}

/** Everything wrong with inputs: unknown properties, missing ones, values of the wrong type. */
export function check(properties: Properties, inputs: Values, prefix = ""): CheckFailure[] {
  const given = Object.entries(inputs).filter(([, value]) => value !== undefined && value !== null);
  const failures = given.flatMap(([name, value]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property) return checkValue(property, value, prefix + name);
    const known = Object.keys(properties).sort().join(", ");
    return [{ property: prefix + name, reason: `is not supported on this machine; supported: ${known}` }];
  });
  const missing = Object.entries(properties)
    .filter(([name, property]) => property.required && !given.some(([each]) => each === name))
    .map(([name]) => ({ property: prefix + name, reason: "is required" }));
  return [...failures, ...missing];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function parsed(value: unknown): unknown {
  return typeof value === "string" && isJson(value) ? JSON.parse(value) : value;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Hashes of an archive's files. Pulumi's engine has them, too, and may pass an archive from its state without texts. */
function fileHashes(archive: Values): unknown {
  if (typeof archive.text === "string") return createHash("sha256").update(archive.text).digest("hex");
  if (isObject(archive.assets)) {
    const entries = Object.entries(archive.assets) as [string, Values][];
    return sorted(Object.fromEntries(entries.map(([name, asset]) => [name, fileHashes(asset)])));
  }
  return archive.hash ?? archive.path;
}

function canonicalInside({ kind, of }: Property, value: unknown): unknown {
  if (kind === "archive" && isObject(value)) return fileHashes(value);
  if (kind === "json") return sorted(parsed(value));
  if (kind === "object" && of && isObject(value)) return canonicalAll(of, value);
  if (kind === "objects" && of && Array.isArray(value)) {
    return value.map((each) => (isObject(each) ? canonicalAll(of, each) : each));
  }
  return sorted(value);
}

/**
 * One form for all spellings of the same value: defaults filled in, keys sorted, documents as objects. AWS returns empty
 * values as missing, and missing ones as empty.
 */
function canonical(property: Property, value: unknown): unknown {
  const inside = canonicalInside(property, value);
  if (!isEmpty(inside)) return inside;
  return isEmpty(property.default) ? undefined : canonicalInside(property, property.default);
}

function canonicalAll(properties: Properties, values: Values): unknown {
  const all = Object.entries(properties).map(([name, property]) => [name, canonical(property, values[name])]);
  return sorted(Object.fromEntries(all));
}

/** Whether two values of a property mean the same to AWS. */
export function isSame(property: Property, one: unknown, other: unknown): boolean {
  return JSON.stringify(canonical(property, one)) === JSON.stringify(canonical(property, other));
}

/** The changes from one set of values to another. */
export interface Difference {
  /** Names of the properties that differ. */
  changed: string[];
  /** Those that require a replacement. */
  replaces: string[];
}

/** Compares the existing state with the program's. */
export function difference(properties: Properties, olds: Values, news: Values): Difference {
  const changed = Object.keys(properties).filter((name) => {
    const property = properties[name];
    return property && !isSame(property, olds[name], news[name]);
  });
  return { changed, replaces: changed.filter((name) => properties[name]?.replaces) };
}

/** A document as text, whatever its form. */
export function jsonText(document: unknown): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}
