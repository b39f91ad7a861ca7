import { isIP } from "node:net";
import type { Pattern } from "../../handlers/rules/pattern";
import { conjunctionsOf } from "../../handlers/rules/pattern";
import { eventsOf, type PatternRule } from "../../handlers/rules/pattern-rule";
import { severities } from "../../handlers/settings";
import {
  type Check,
  didYouMean,
  listOf,
  oneOf,
  optional,
  type Problem,
  record,
  shown,
  text,
} from "../checks";
import { isEvent, nearestEvents } from "./aws-names";
import { checkId } from "./check-rule";

type Report = (problem: Problem) => void;

/**
 * The fields of a record: a pattern at another one would never match.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const recordFields =
  "addendum additionalEventData apiVersion awsRegion edgeDeviceDetails errorCode errorMessage eventCategory eventContext eventID eventName eventSource eventTime eventType eventVersion managementEvent readOnly recipientAccountId requestID requestParameters resources responseElements serviceEventDetails sessionCredentialFromConsole sharedEventID sourceIPAddress tlsDetails userAgent userIdentity vpcEndpointAccountId vpcEndpointId".split(
    " ",
  );

/** Fields of the envelope that EventBridge puts around a record. */
const envelope = ["account", "detail", "detail-type", "id", "region", "source", "time", "version"];

/** EventBridge's own limits: characters of a pattern (the most that a raised quota gives), and alternatives of `$or`. */
const maxCharacters = 4096;
const maxAlternatives = 1000;
const maxDepth = 20;

const tests = [
  "prefix",
  "suffix",
  "equals-ignore-case",
  "wildcard",
  "numeric",
  "cidr",
  "exists",
  "anything-but",
];

/** A pattern in EventBridge's language, over a record. */
export const checkPattern: Check<Pattern> = (value, at, report) => {
  const problems: Problem[] = [];
  const note = (problem: Problem) => problems.push(problem);
  const size = JSON.stringify(value ?? null).length;
  if (size > maxCharacters)
    note({ key: at, expected: `a pattern of at most ${maxCharacters} characters`, found: `${size}` });
  else checkObject(value, at, note, 0);
  if (problems.length === 0) checkAlternatives(value as Pattern, at, note);
  for (const problem of problems) report(problem);
  return problems.length > 0 ? undefined : (value as Pattern);
};

function checkObject(value: unknown, at: string, report: Report, depth: number): void {
  if (!isMap(value) || Object.keys(value).length === 0 || depth > maxDepth) {
    report({ key: at, expected: "an object with fields of the record", found: shown(value) });
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    const here = `${at}.${name}`;
    if (name === "$or") checkOr(inner, here, report, depth);
    else {
      if (depth === 0) checkField(name, here, report);
      if (name.includes("."))
        report({
          key: here,
          expected: "nested objects: EventBridge takes the dot for a step",
          found: shown(name),
        });
      if (Array.isArray(inner)) checkValues(inner, here, report);
      else if (isMap(inner)) checkObject(inner, here, report, depth + 1);
      else
        report({
          key: here,
          expected: "a list of values, or an object",
          found: `${shown(inner)} (in brackets: [${shown(inner)}])`,
        });
    }
  }
}

function checkField(name: string, at: string, report: Report): void {
  if (recordFields.includes(name)) return;
  const why = envelope.includes(name)
    ? "; the pattern is over the record itself, without the envelope of an event"
    : "";
  report({
    key: at,
    expected: `a field of CloudTrail's records, such as eventName${why}`,
    found: shown(name) + didYouMean(name, recordFields),
  });
}

/** Names that would make an alternative look like a test. */
function checkOr(value: unknown, at: string, report: Report, depth: number): void {
  if (!Array.isArray(value) || value.length < 2) {
    report({ key: at, expected: "a list of at least two patterns", found: shown(value) });
    return;
  }
  value.forEach((one: unknown, index) => {
    const here = `${at}[${index}]`;
    const reserved = isMap(one) ? Object.keys(one).find((name) => tests.includes(name)) : undefined;
    if (reserved === undefined) checkObject(one, here, report, depth);
    else report({ key: here, expected: "fields of the record", found: `the test ${shown(reserved)}` });
  });
}

function checkValues(values: unknown[], at: string, report: Report): void {
  if (values.length === 0) report({ key: at, expected: "a list of values", found: "[]" });
  values.forEach((value, index) => {
    const here = `${at}[${index}]`;
    if (isMap(value)) checkTest(value, here, report);
    else if (Array.isArray(value))
      report({ key: here, expected: "a text, a number, true, false, null, or a test", found: shown(value) });
  });
}

function checkTest(value: Record<string, unknown>, at: string, report: Report): void {
  const [name = "", ...others] = Object.keys(value);
  const check = Object.hasOwn(operands, name) ? operands[name] : undefined;
  if (check === undefined || others.length > 0) {
    report({
      key: at,
      expected: `one test: ${tests.join(", ")}`,
      found: shown(value) + didYouMean(name, tests),
    });
    return;
  }
  const expected = check(value[name]);
  if (expected !== undefined) report({ key: `${at}.${name}`, expected, found: shown(value[name]) });
}

/** What a test's operand has to be, where it is not. */
type Operand = (value: unknown) => string | undefined;

const textOrIgnoringCase: Operand = (value) =>
  isText(value) || (isMap(value) && Object.keys(value).length === 1 && isText(value["equals-ignore-case"]))
    ? undefined
    : 'a text, or {"equals-ignore-case": text}';

const operands: Record<string, Operand> = {
  prefix: textOrIgnoringCase,
  suffix: textOrIgnoringCase,
  "equals-ignore-case": (value) => (isText(value) ? undefined : "a text"),
  wildcard: wildcardOperand,
  numeric: numericOperand,
  cidr: (value) => (isCidr(value) ? undefined : "an address range: 203.0.113.0/24"),
  exists: (value) => (typeof value === "boolean" ? undefined : "true or false"),
  "anything-but": anythingButOperand,
};

function wildcardOperand(value: unknown): string | undefined {
  if (!isText(value)) return "a text with `*`";
  if (/(?<!\\)(?:\\\\)*\*\*/.test(value)) return "no two asterisks one after the other";
  const escapes = value.replace(/\\[\\*]/g, "");
  return escapes.includes("\\") ? "a backslash before `*` or `\\` alone" : undefined;
}

const operators = ["=", "<", "<=", ">", ">="];

function numericOperand(value: unknown): string | undefined {
  const expected =
    'comparisons such as [">", 0, "<=", 5], of numbers from -5e9 to 5e9, the lower bound first';
  if (!Array.isArray(value) || ![2, 4].includes(value.length)) return expected;
  const [operator, bound, upperOperator, upper] = value as unknown[];
  const isSound = (one: unknown, number: unknown) =>
    operators.includes(String(one)) && typeof number === "number" && Math.abs(number) <= 5_000_000_000;
  if (!isSound(operator, bound)) return expected;
  if (value.length === 2) return undefined;
  const isRange = /^>/.test(String(operator)) && /^</.test(String(upperOperator));
  return isRange && isSound(upperOperator, upper) && (bound as number) < (upper as number)
    ? undefined
    : expected;
}

const anythingButs =
  'a value, a list of texts or of numbers, or one of {"prefix": …}, {"suffix": …}, {"equals-ignore-case": …}, {"wildcard": …}';

function anythingButOperand(value: unknown): string | undefined {
  if (isMap(value)) return anythingButTest(value);
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  const isSound = values.every(isText) || values.every((one) => typeof one === "number");
  return isSound && values.length > 0 ? undefined : anythingButs;
}

function anythingButTest(value: Record<string, unknown>): string | undefined {
  const [[name = "", operand] = [], ...others] = Object.entries(value);
  const texts = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  const isKnown = ["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(name);
  if (!isKnown || others.length > 0 || texts.length === 0 || !texts.every(isText)) return anythingButs;
  return name === "wildcard" ? texts.map(wildcardOperand).find((wrong) => wrong !== undefined) : undefined;
}

/** What shows only when alternatives are worked out. */
function checkAlternatives(pattern: Pattern, at: string, report: Report): void {
  const all = conjunctionsOf(pattern);
  if (all.length > maxAlternatives)
    report({ key: at, expected: `at most ${maxAlternatives} alternatives by $or`, found: `${all.length}` });
  for (const conjunction of all) {
    const paths = conjunction.map(({ path }) => path.join("."));
    const twice = paths.find((path, index) => paths.indexOf(path) !== index);
    if (twice === undefined) continue;
    const expected = "each field once, beside $or or in it";
    return report({ key: at, expected, found: `${twice} twice` });
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCidr(value: unknown): boolean {
  const [address = "", bits = "", ...more] = String(value).split("/");
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  return longest !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= longest && more.length === 0;
}

const words = text("a text that is not empty", (value) => value.trim() !== "");

const message = text(
  "a text of at most 300 characters, in which ${…} holds a path alone, such as ${requestParameters.groupId}",
  (value) =>
    value.trim() !== "" &&
    value.length <= 300 &&
    !value.replace(/\$\{[\w-]+(?:\.[\w-]+)*\}/g, "").includes("${"),
);

const fields = record({
  id: words,
  title: text("a title of at most 120 characters", (value) => value.trim() !== "" && value.length <= 120),
  severity: oneOf(severities),
  pattern: checkPattern,
  unless: optional(checkPattern),
  message: optional(message),
  runbook: optional(listOf(words)),
});

/** A rule of the configuration. */
export const checkPatternRule: Check<PatternRule> = (value, at, report) => {
  const { id } = (value ?? {}) as { id?: unknown };
  const wrongId = typeof id === "string" ? checkId(id) : undefined;
  if (wrongId !== undefined) report({ ...wrongId, key: `${at}.id` });
  const rule = fields(value, at, report);
  if (rule === undefined || wrongId !== undefined) return undefined;
  return expectEvents(rule as PatternRule, at, report) ? (rule as PatternRule) : undefined;
};

/** A pattern at an event that AWS does not have matches nothing, and says nothing. */
function expectEvents({ pattern }: PatternRule, at: string, report: Report): boolean {
  const events = eventsOf(pattern).filter((event) => event !== "*");
  const unknown = events.filter((event) => !isEvent(event));
  // Several names at several sources: each has to be one of some source.
  const nameOf = (event: string) => event.split(":")[1];
  const lost = unknown.filter(
    (event) => !events.some((other) => nameOf(other) === nameOf(event) && isEvent(other)),
  );
  for (const event of lost)
    report({
      key: `${at}.pattern.eventName`,
      expected: "an event that AWS has at that source",
      found: shown(event) + meant(nearestEvents(event)),
    });
  return lost.length === 0;
}

function meant(names: string[]): string {
  return names.length === 0 ? "" : ` (did you mean ${names.join(", ")}?)`;
}

/** Rules of the configuration: each id once. */
export const checkPatternRules: Check<PatternRule[]> = (value, at, report) => {
  const rules = listOf(checkPatternRule)(value, at, report);
  rules?.forEach(({ id }, index) => {
    if (rules.findIndex((one) => one.id === id) !== index)
      report({ key: `${at}[${index}].id`, expected: "each id once", found: shown(id) });
  });
  return rules;
};
