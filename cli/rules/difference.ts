import { shown } from "../../infra/checks";
import { placeIn } from "../../infra/rules/load";

/** What was expected at a place, and what is there instead. */
export interface Difference {
  /** Where it stands in the rule's file: `examples.hits[0].calls[0].input`. */
  path: string;
  message: string;
}

/** The first difference of two JSON values; undefined when they say the same. Order counts in lists alone. */
export function differenceOf(expected: unknown, found: unknown, path: string): Difference | undefined {
  if (isMap(expected) && isMap(found)) {
    for (const key of Object.keys({ ...expected, ...found })) {
      const inner = differenceOf(expected[key], found[key], `${path}.${key}`);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length) {
    for (const [index, one] of expected.entries()) {
      const inner = differenceOf(one, found[index], `${path}[${index}]`);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  return expected === found
    ? undefined
    : { path, message: `expected ${shown(expected)}, found ${shown(found)}` };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `plan threw TypeError: … (line 12)`. @param file of the rule; absolute */
export function thrown(part: string, error: unknown, file: string): string {
  const { name = "Error", message = String(error) } = (error ?? {}) as Partial<Error>;
  const place = placeIn(error, file);
  // TypeScript calls what was imported `(0, rule_1.name)`.
  const readable = message.replace(/\(0 ?, \w+\.(\w+)\)/g, "$1");
  return `${part} threw ${name}: ${readable}${place === undefined ? "" : ` (line ${place.line})`}`;
}
