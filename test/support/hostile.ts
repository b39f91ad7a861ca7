import fc from "fast-check";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";

/** Deeper than anything AWS writes. */
const nested = Array.from({ length: 1000 }).reduce<unknown>((inner) => [inner], "deep");

/** Values that nobody expects in a record, but JSON can contain. */
export const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    "",
    "*",
    "arn:",
    "arn:aws:iam::*:root",
    "::/0",
    "{",
    "%E0%A4%A",
    "HIDDEN_DUE_TO_SECURITY_REASONS",
    "constructor",
    "__proto__",
    "toString",
    [],
    {},
    [[]],
    [null],
    nested,
    { items: null },
    { items: [null, 1, "x", { items: {} }] },
    { omitted: true },
    { omitted: true, reason: { toString: 1 } },
    { toString: 1, valueOf: 1 },
    [{ toString: 1, valueOf: 1 }],
    { length: 3 },
    { content: { content: {} } },
    { Statement: [null, { Effect: { toString: 1 }, Principal: [[{}]], Condition: { StringEquals: [{}] } }] },
    JSON.parse('{"__proto__": {"type": "Root"}, "constructor": "x", "hasOwnProperty": 1}'),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The paths of all values in a JSON value. */
export function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** The record with another value at a path, or with none there. */
export function withValueAt(
  record: CloudTrailRecord,
  path: (string | number)[],
  value: unknown,
): CloudTrailRecord {
  const copy = structuredClone(record);
  const last = path.at(-1);
  if (last === undefined) return copy;
  let parent = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  if (value === undefined && Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

/** The record with one to three of its values removed or hostile. */
export function mangledFrom(record: CloudTrailRecord): fc.Arbitrary<CloudTrailRecord> {
  return fc
    .array(fc.tuple(fc.constantFrom(...pathsOf(record)), fc.option(hostile, { nil: undefined })), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) =>
      changes.reduce((changed, [path, value]) => {
        // An earlier change may have removed the path.
        try {
          return withValueAt(changed, path, value);
        } catch {
          return changed;
        }
      }, record),
    );
}

/** The record once for each of its values, replaced by an object that cannot be converted to text. */
export function withoutTextAnywhere(record: CloudTrailRecord): CloudTrailRecord[] {
  return pathsOf(record)
    .filter((path) => path.length > 0)
    .map((path) => withValueAt(record, path, { toString: 1, valueOf: 1 }));
}

/** Nested deeper than the stack allows: `JSON.parse` makes it, `JSON.stringify` throws. */
export function deep(): unknown {
  const levels = 20_000;
  return JSON.parse("[".repeat(levels) + "]".repeat(levels));
}
