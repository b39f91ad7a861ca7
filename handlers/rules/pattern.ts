import { fieldsOf } from "../json";
import { isAddress, isInNetworks } from "../detections/readers/network";
import { compileWildcard } from "./wildcard";

/**
 * A pattern in the language of EventBridge, over a record: for each field the values that it may have, or tests of them. All
 * fields must match, and of each field one value.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export interface Pattern {
  [field: string]: Pattern | PatternValue[] | Pattern[];
}

/** What a field may be. */
export type PatternValue = string | number | boolean | null | PatternTest;

/** A test of a value; it has one of these. */
export interface PatternTest {
  prefix?: string | IgnoringCase;
  suffix?: string | IgnoringCase;
  "equals-ignore-case"?: string;
  wildcard?: string;
  numeric?: (string | number)[];
  cidr?: string;
  exists?: boolean;
  "anything-but"?: AnythingBut;
}

export interface IgnoringCase {
  "equals-ignore-case": string;
}

export type AnythingBut =
  | string
  | number
  | (string | number)[]
  | { prefix: string | string[] }
  | { suffix: string | string[] }
  | { "equals-ignore-case": string | string[] }
  | { wildcard: string | string[] };

/** A field of a pattern, with what it may be: one of a conjunction. */
export interface PatternField {
  path: string[];
  values: PatternValue[];
}

/** Whether a record is as a pattern says. In time in proportion to the record, whatever is in it. */
export type MatchesRecord = (record: unknown) => boolean;

/** Tests a value that is neither an object nor a list. */
type Test = (value: unknown) => boolean;

/** The fields of a conjunction as a tree, so that those inside of one list are looked for in the same element of it. */
interface Node {
  /** What the field itself may be. */
  tests?: Test[];
  /** Whether the field may be missing. */
  mayBeMissing?: boolean;
  fields: Record<string, Node>;
  /** Whether all that is asked for, here and below, is that fields are missing. */
  asksAbsence: boolean;
}

/** Lists inside of lists that are followed; services nest one or two. */
const maxListDepth = 20;

/**
 * Prepares a pattern. Its alternatives (`$or`) are worked out as EventBridge does it: into a list of conjunctions, of which one
 * must hold. Fields of objects in a list match when one element has them all.
 */
export function compilePattern(pattern: Pattern): MatchesRecord {
  const trees = conjunctionsOf(pattern).map(treeOf);
  return (record) => trees.some((tree) => holds(tree, record, 0));
}

/** The alternatives of a pattern, each a list of fields that must all match. */
export function conjunctionsOf(pattern: Pattern, path: string[] = []): PatternField[][] {
  let all: PatternField[][] = [[]];
  for (const [name, value] of Object.entries(pattern)) {
    const alternatives = alternativesOf(name, value, path);
    all = all.flatMap((one) => alternatives.map((other) => [...one, ...other]));
  }
  return all;
}

function alternativesOf(name: string, value: Pattern[string], path: string[]): PatternField[][] {
  if (name === "$or") return (value as Pattern[]).flatMap((one) => conjunctionsOf(one, path));
  const inner = [...path, name];
  if (Array.isArray(value)) return [[{ path: inner, values: value as PatternValue[] }]];
  return conjunctionsOf(value, inner);
}

function treeOf(fields: PatternField[]): Node {
  const root: Node = { fields: {}, asksAbsence: true };
  for (const { path, values } of fields) {
    const asksAbsence = values.every(isAbsence);
    let node = root;
    for (const step of path) {
      if (!asksAbsence) node.asksAbsence = false;
      const next: Node = Object.hasOwn(node.fields, step)
        ? (node.fields[step] as Node)
        : { fields: {}, asksAbsence: true };
      node.fields[step] = next;
      node = next;
    }
    if (!asksAbsence) node.asksAbsence = false;
    node.tests = values.filter((value) => !isAbsence(value)).map(testOf);
    node.mayBeMissing = values.some(isAbsence);
  }
  return root;
}

function isAbsence(value: PatternValue): boolean {
  return typeof value === "object" && value !== null && value.exists === false;
}

/** Whether an object, or one element of a list, has the fields of a node; whatever else stands there has none. */
function holds(node: Node, value: unknown, depth: number): boolean {
  if (Array.isArray(value)) {
    if (depth >= maxListDepth) return false;
    // That a field is missing from one element says nothing: alone, it must be missing from all.
    return node.asksAbsence
      ? value.every((one) => holds(node, one, depth + 1))
      : value.some((one) => holds(node, one, depth + 1));
  }
  const object = fieldsOf(value);
  for (const name of Object.keys(node.fields)) {
    const field = node.fields[name] as Node;
    const inner = Object.hasOwn(object, name) ? object[name] : undefined;
    if (field.tests !== undefined && !isAllowed(field, inner)) return false;
    if (Object.keys(field.fields).length > 0 && !holds(field, inner, depth)) return false;
  }
  return true;
}

/** A field that is an object, or an empty list, has no value: EventBridge knows the presence of values alone. */
function isAllowed({ tests = [], mayBeMissing = false }: Node, value: unknown): boolean {
  let found = false;
  const passes = (one: unknown, depth: number): boolean => {
    if (Array.isArray(one)) return depth < maxListDepth && one.some((inner) => passes(inner, depth + 1));
    if (one === undefined || (typeof one === "object" && one !== null)) return false;
    found = true;
    return tests.some((test) => test(one));
  };
  return passes(value, 0) || (mayBeMissing && !found);
}

function testOf(value: PatternValue): Test {
  if (typeof value !== "object" || value === null) return (one) => one === value;
  const [name = "", operand] = Object.entries(value)[0] ?? [];
  switch (name) {
    case "exists":
      return () => true;
    case "numeric":
      return numericTest(operand as (string | number)[]);
    case "cidr":
      return (one) => isAddress(one) && isInNetworks(one, [operand as string]);
    case "anything-but":
      return anythingBut(operand as AnythingBut);
    default:
      return textTest(name, operand as string | IgnoringCase);
  }
}

/** `prefix`, `suffix`, `equals-ignore-case` and `wildcard`: of texts alone. */
function textTest(name: string, operand: string | IgnoringCase): Test {
  const ignoresCase = typeof operand !== "string" || name === "equals-ignore-case";
  const text = typeof operand === "string" ? operand : operand["equals-ignore-case"];
  const expected = ignoresCase ? text.toLowerCase() : text;
  const wildcard = name === "wildcard" ? compileWildcard(text) : undefined;
  return (one) => {
    if (typeof one !== "string") return false;
    if (wildcard !== undefined) return wildcard(one);
    const found = ignoresCase ? one.toLowerCase() : one;
    if (name === "prefix") return found.startsWith(expected);
    return name === "suffix" ? found.endsWith(expected) : found === expected;
  };
}

/** Numbers that EventBridge compares. */
const largestNumber = 5_000_000_000;

function numericTest(operands: (string | number)[]): Test {
  const comparisons: Test[] = [];
  for (let at = 0; at + 1 < operands.length; at += 2)
    comparisons.push(comparison(String(operands[at]), Number(operands[at + 1])));
  return (one) =>
    typeof one === "number" && Math.abs(one) <= largestNumber && comparisons.every((test) => test(one));
}

function comparison(operator: string, bound: number): Test {
  return (one) => {
    const value = one as number;
    if (operator === "<") return value < bound;
    if (operator === "<=") return value <= bound;
    if (operator === ">") return value > bound;
    return operator === ">=" ? value >= bound : value === bound;
  };
}

/** Every value but these, of whatever type it is; a field without a value is not one. */
function anythingBut(operand: AnythingBut): Test {
  if (Array.isArray(operand)) return (one) => !operand.includes(one as string | number);
  if (typeof operand !== "object") return (one) => one !== operand;
  const [name = "", texts] = Object.entries(operand)[0] ?? [];
  const tests = (Array.isArray(texts) ? texts : [texts]).map((text) => textTest(name, text as string));
  return (one) => !tests.some((test) => test(one));
}
