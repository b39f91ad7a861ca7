/** Any JSON object. */
export interface Fields {
  [field: string]: unknown;
}

/** `value` when it is a JSON object (not an array, not null), else an empty one: a path may always be followed. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** `value` when it is a string, else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A text, number or flag as text; `""` for what is missing or of another kind. `String` throws on `{"toString": 1}`. */
export function plainTextOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? `${value}` : "";
}

/** CloudTrail writes one item as an object and several as an array; nothing at all as a missing field. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** EC2 and others wrap lists as `{ items: […] }`. */
export function itemsOf(value: unknown): unknown[] {
  return listOf(fieldsOf(value).items);
}

/** `fields` without those that are undefined: a call's input is JSON, which has none. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The members of `from` that are there, of those named. */
export function picked(from: unknown, names: readonly string[]): Record<string, unknown> {
  const fields = fieldsOf(from);
  return Object.fromEntries(
    names
      .filter((name) => fields[name] !== undefined && fields[name] !== null)
      .map((name) => [name, fields[name]]),
  );
}

/** Whether two JSON values say the same, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Deeper than anything that a service writes; a hostile record may be nested deeper than the stack. */
const maxDepth = 200;

/** A JSON value as text, the same whatever the order of its keys. What is nested deeper than anybody nests is left out. */
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
