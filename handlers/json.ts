/** Any JSON object. */
export interface Fields {
  [field: string]: unknown;
}

/** `value` if it is a JSON object (not an array, not null), else an empty one, so that any path can be followed. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** `value` if it is a string, else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A string, number or boolean as text; `""` for anything else. `String` would throw on `{"toString": 1}`. */
export function plainTextOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? `${value}` : "";
}

/** CloudTrail writes one item as an object, several as an array, and none as a missing field. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** EC2 and others wrap lists as `{ items: […] }`. */
export function itemsOf(value: unknown): unknown[] {
  return listOf(fieldsOf(value).items);
}

/** `fields` without undefined members: a call's input is JSON, which has no undefined. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Those of the named members that `from` has. */
export function picked(from: unknown, names: readonly string[]): Record<string, unknown> {
  const fields = fieldsOf(from);
  return Object.fromEntries(
    names
      .filter((name) => fields[name] !== undefined && fields[name] !== null)
      .map((name) => [name, fields[name]]),
  );
}

/** Whether two JSON values are equal, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Deeper than anything a service writes. A hostile record may be nested deeper than the stack allows. */
const maxDepth = 200;

/** A value for people: the first characters of its JSON, whoever wrote it and however deep it is. */
export function shownJson(value: unknown, max = 200): string {
  return value === undefined ? "nothing" : canonicalJson(value).slice(0, max);
}

/** Whether nothing in a value is nested so deep that {@link canonicalJson} omits it. */
export function isShallow(value: unknown, depth = 0): boolean {
  if (depth > maxDepth) return false;
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every((one) => isShallow(one, depth + 1));
}

/** A JSON value as text, independent of the order of its keys. Anything nested deeper than {@link maxDepth} is omitted. */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > maxDepth) return '"…"';
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one, depth + 1)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = value as Record<string, unknown>;
  const members = Object.keys(fields)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(fields[key], depth + 1)}`);
  return `{${members.join(",")}}`;
}
