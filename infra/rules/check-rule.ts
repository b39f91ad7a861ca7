import { baselineKinds } from "../../handlers/baselines/kinds/index";
import type { Examples } from "../../handlers/rules/examples";
import type { Rule } from "../../handlers/rules/rule";
import { severities } from "../../handlers/settings";
import {
  type Check,
  flag,
  form,
  integer,
  listOf,
  mapOf,
  oneOf,
  optional,
  type Problem,
  record,
  shown,
  text,
} from "../checks";
import { isEvent, isIamAction, nearestActions, nearestEvents } from "./aws-names";

/** Detections that guard the system itself: a rule in their place could make an attack on it silent. */
const irreplaceable = ["own-part-changed", "own-role-used"];

const words = text("a text that is not empty", (value) => value.trim() !== "");
const fn: Check<(...args: never[]) => unknown> = (value, at, report) => {
  if (typeof value === "function") return value as (...args: never[]) => unknown;
  report({ key: at, expected: "a function", found: shown(value) });
  return undefined;
};

/** A list with something in it. */
function someOf<T>(what: string, each: Check<T>): Check<T[]> {
  const check = listOf(each);
  return (value, at, report) => {
    if (Array.isArray(value) && value.length > 0) return check(value, at, report);
    report({ key: at, expected: `a list with ${what}`, found: shown(value) });
    return undefined;
  };
}

/** An event that CloudTrail has. @param newEvents those that the rule says AWS has */
function eventOf(newEvents: unknown): Check<string> {
  return (value, at, report) => {
    if (value === "*") return value;
    const isForm = typeof value === "string" && /^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(value);
    if (isForm && (isEvent(value) || (Array.isArray(newEvents) && newEvents.includes(value)))) return value;
    report({
      key: at,
      expected: isForm
        ? "an event that AWS has (or, when it is newer than this project, in `newEvents` too)"
        : "`<service>:<event name>`, such as ec2:CreateTags",
      found: shown(value) + meant(isForm ? nearestEvents(value) : []),
    });
    return undefined;
  };
}

function meant(names: string[]): string {
  return names.length === 0 ? "" : ` (did you mean ${names.join(", ")}?)`;
}

/** One IAM action, alone or with its resources. */
const permission: Check<unknown> = (value, at, report) =>
  typeof value === "string" ? action(value, at, report) : narrow(value, at, report);

const action: Check<string> = (value, at, report) => {
  const name = typeof value === "string" ? value : "";
  const [iamAction = "", service] = name.split(" ");
  const isPassed = iamAction === "iam:PassRole";
  if (/\*/.test(name)) report({ key: at, expected: "one IAM action, without `*`", found: shown(value) });
  else if (!/^[a-z0-9-]+:[A-Za-z0-9]+(?: [a-z0-9.-]+)?$/.test(name) || (service !== undefined && !isPassed))
    report({ key: at, expected: "an IAM action, such as ec2:CreateTags", found: shown(value) });
  else if (!isIamAction(iamAction))
    report({
      key: at,
      expected: "an action that IAM has",
      found: shown(value) + meant(nearestActions(iamAction)),
    });
  else if (isPassed && service === undefined && !at.endsWith(".action"))
    report({
      key: at,
      expected: "the service that gets the role: `iam:PassRole config.amazonaws.com`",
      found: shown(value),
    });
  else return name;
  return undefined;
};

const narrow = record({
  action,
  resources: someOf(
    "ARNs",
    form("an ARN, in which `*` stands for any characters, or `*` alone", /^(?:\*|arn:\S+)$/),
  ),
  condition: optional(mapOf(words, mapOf(words, oneOrMany))),
});

function oneOrMany(value: unknown, at: string, report: (problem: Problem) => void): unknown {
  return Array.isArray(value) ? someOf("values", words)(value, at, report) : words(value, at, report);
}

const fix = record({
  class: optional(oneOf(["inverse", "read-modify", "baseline", "contain"] as const)),
  reads: listOf(permission),
  writes: someOf("the IAM actions of the plan's calls", permission),
  baselines: optional(listOf(oneOf(Object.keys(baselineKinds)))),
  containsActor: optional(flag()),
  plan: fn,
});

const burst = record({
  windowMinutes: integer(1, 1440),
  threshold: integer(1, 1_000_000),
  countedBy: fn,
  distinct: optional(fn),
  alone: optional(fn),
});

const hint = record({
  field: oneOf([
    "errorCode",
    "userAgent",
    "userIdentity",
    "sourceIPAddress",
    "awsRegion",
    "readOnly",
    "requestParameters",
  ] as const),
  texts: someOf("texts", words),
  and: optional(record({ field: words, may: fn })),
});

const technique = form("a technique of ATT&CK: T1098.003", /^T\d{4}(?:\.\d{3})?$/);

/** The id of a rule, which is its file's name. */
export function checkId(value: string): Problem | undefined {
  const expected = irreplaceable.includes(value)
    ? "another id: this detection guards the system itself, and nothing takes its place"
    : "words of small letters and digits with hyphens between them, such as ec2-prod-untagged.ts, at most 64 characters";
  const isGood = /^(?=.{3,64}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(value) && !irreplaceable.includes(value);
  return isGood ? undefined : { key: "id", expected, found: shown(value) };
}

/** Checks what a file exports as `rule`. @param id the file's name */
export function checkRule(value: unknown, id: string): { rule?: Rule; problems: Problem[] } {
  const problems: Problem[] = [];
  const report = (problem: Problem) => problems.push(problem);
  const { newEvents, events } = (value ?? {}) as Partial<Record<keyof Rule, unknown>>;
  const check = record({
    id: text(`${JSON.stringify(id)}, the file's name`, (given) => given === id),
    title: text("a title of at most 120 characters", (title) => title.trim() !== "" && title.length <= 120),
    severity: oneOf(severities),
    events: someOf("the events that the rule looks at", eventOf(newEvents)),
    match: fn,
    remediation: optional(fix),
    runbook: someOf("next steps", words),
    outcome: optional(oneOf(["success", "failure", "any"] as const)),
    burst: optional(burst),
    novel: optional(record({ days: integer(1, 365), learning: integer(0, 365) })),
    attack: optional(record({ technique, before: optional(technique) })),
    noise: optional(oneOf(["none", "rare", "changes", "work"] as const)),
    falsePositives: optional(listOf(words)),
    references: optional(listOf(words)),
    offByDefault: optional(words),
    hint: optional(hint),
    newEvents: optional(listOf(form("an event", /^[A-Za-z0-9-]+:[A-Za-z0-9]+$/))),
  });
  const rule = check(value, "rule", report);
  if (Array.isArray(events) && events.includes("*") && events.length > 1)
    report({ key: "rule.events", expected: "`*` alone, or events", found: shown(events) });
  return rule === undefined || problems.length > 0
    ? { problems }
    : { rule: value as unknown as Rule, problems };
}

const liveAnswer: Check<unknown> = (value, at, report) => {
  if (typeof value === "object" && value !== null) return value;
  report({ key: at, expected: "an answer of AWS, or a list of answers", found: shown(value) });
  return undefined;
};
const anything: Check<unknown> = (value) => value ?? null;
const object: Check<Record<string, unknown>> = mapOf(words, anything);
const expectedCall: Check<unknown> = (value, at, report) => {
  const { service, operation, input } = (value ?? {}) as Record<string, unknown>;
  const parts = [words(service, `${at}.service`, report), words(operation, `${at}.operation`, report)];
  const isWhole = object(input, `${at}.input`, report) !== undefined && !parts.includes(undefined);
  return isWhole ? value : undefined;
};

const exampleRecord: Check<unknown> = (value, at, report) => {
  if (typeof value === "string" && value.endsWith(".json")) return value;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  report({
    key: at,
    expected: "a record, or the path of a file that holds one (.json)",
    found: shown(value),
  });
  return undefined;
};

const example = { name: optional(words), record: exampleRecord, context: optional(object) };

const hit = record({
  ...example,
  severity: optional(oneOf(severities)),
  title: optional(words),
  resources: optional(listOf(words)),
  evidence: optional(listOf(words)),
  live: optional(mapOf(form("`<service>:<Operation>`", /^[a-z0-9-]+:[A-Za-z0-9]+$/), liveAnswer)),
  baselines: optional(object),
  calls: optional(listOf(expectedCall)),
  rollback: optional(listOf(expectedCall)),
  outcome: optional(oneOf(["already-ok", "changed-since", "needs-baseline", "refused"] as const)),
});

const examplesOf = record({
  hits: someOf("at least one record that the rule finds", hit),
  misses: someOf("at least one record of its events that is nothing to the rule", record(example)),
  bursts: optional(
    listOf(
      record({
        name: optional(words),
        records: someOf("records", exampleRecord),
        context: optional(object),
        findings: integer(0, 1000),
      }),
    ),
  ),
});

/** Checks what a file exports as `examples`. @param rule of the same file */
export function checkExamples(value: unknown, rule: Rule): { examples?: Examples; problems: Problem[] } {
  const problems: Problem[] = [];
  const report = (problem: Problem) => problems.push(problem);
  examplesOf(value, "examples", report);
  if (problems.length > 0) return { problems };
  const examples = value as Examples;
  reportMissing(examples, rule, report);
  return problems.length > 0 ? { problems } : { examples, problems };
}

/** What a rule does and no example shows. */
function reportMissing(
  { hits, bursts = [] }: Examples,
  rule: Rule,
  report: (problem: Problem) => void,
): void {
  if (rule.remediation !== undefined && !hits.some(({ calls }) => calls !== undefined))
    report({
      key: "examples.hits",
      expected: "a hit with `live` and `calls`: what AWS answers, and the calls that the fix makes",
      found: "none",
    });
  if (rule.remediation === undefined)
    hits.forEach(({ calls, outcome }, index) => {
      if (calls !== undefined || outcome !== undefined)
        report({
          key: `examples.hits[${index}].calls`,
          expected: "no calls, since the rule has no remediation",
          found: shown(calls ?? outcome),
        });
    });
  const counts = bursts.map(({ findings }) => findings);
  if (rule.burst !== undefined && !(counts.includes(0) && counts.some((count) => count > 0)))
    report({
      key: "examples.bursts",
      expected: "records that are a burst (`findings: 1`), and records that are none (`findings: 0`)",
      found: shown(counts),
    });
}
