import { type Fields, fieldsOf, listOf, plainTextOf, textOf } from "../json";
import { type CloudTrailRecord, nameOf } from "../cloudtrail/record";
import type { Detection, Evidence, Resource } from "../detections/detection";
import type { Severity } from "../settings";
import { compilePattern, conjunctionsOf, type Pattern } from "./pattern";

/** A rule of the stack's configuration (`cloudtrailer:rules`): a pattern, which is alerted. JSON only. */
export interface PatternRule {
  id: string;
  title: string;
  severity: Severity;
  /** Over the record, without the envelope of an event. */
  pattern: Pattern;
  /** Of records that the pattern matches, those that are nothing to worry about. */
  unless?: Pattern;
  /** Instead of the title: text in which `${requestParameters.groupId}` stands for the value at that path. */
  message?: string;
  runbook?: [string, ...string[]];
}

/** Values in a message, and in evidence, are cut to so many characters. */
const maxValue = 200;

/** A detection for a rule of the configuration. As in EventBridge, failed calls match too, unless the pattern says otherwise. */
export function createPatternDetection(rule: PatternRule): Detection {
  const { id, title, severity, pattern, unless, message, runbook = ["Ask the actor."] } = rule;
  const matches = compilePattern(pattern);
  const isExcepted = unless === undefined ? () => false : compilePattern(unless);
  const paths = [...new Set(conjunctionsOf(pattern).flatMap((one) => one.map(({ path }) => path.join("."))))];
  return {
    id,
    title,
    severity,
    tier: "own",
    noise: "changes",
    events: eventsOf(pattern),
    outcome: "any",
    remediation: "alert",
    match: (record) => {
      if (!matches(record) || isExcepted(record)) return undefined;
      const found = { evidence: evidenceAt(record, paths), resources: resourcesOf(record) };
      return message === undefined ? found : { ...found, title: filled(message, record) };
    },
    runbook,
    falsePositives: [],
    references: [],
  };
}

/**
 * The events that a pattern can match, when each of its alternatives names source and event: then a record of another event
 * costs nothing. Otherwise every event.
 */
export function eventsOf(pattern: Pattern): string[] {
  const events: string[] = [];
  for (const conjunction of conjunctionsOf(pattern)) {
    const textsAt = (field: string) => {
      const values = conjunction.find(({ path }) => path.length === 1 && path[0] === field)?.values ?? [];
      const texts = values.filter((value) => typeof value === "string");
      return texts.length === values.length ? texts : [];
    };
    const names = textsAt("eventName");
    const sources = textsAt("eventSource");
    if (names.length === 0 || sources.length === 0) return ["*"];
    for (const source of sources)
      for (const name of names)
        events.push(`${source.split(".")[0]}:${nameOf({ eventName: name } as CloudTrailRecord)}`);
  }
  return [...new Set(events)];
}

function evidenceAt(record: CloudTrailRecord, paths: string[]): Evidence[] {
  const evidence = paths
    .map((parameter) => ({ parameter, value: valueAt(record, parameter) }))
    .filter(({ value }) => value !== undefined);
  return evidence.length === 0 ? [{ parameter: "eventName", value: record.eventName }] : evidence;
}

/** What the record says that the call touched. */
function resourcesOf(record: CloudTrailRecord): Resource[] {
  return listOf(record.resources).flatMap((one) => {
    const { ARN, arn, type } = fieldsOf(one);
    const id = textOf(ARN) ?? textOf(arn);
    return id === undefined ? [] : [{ type: textOf(type) ?? "AWS::Resource", id }];
  });
}

/** A path in a message: names of fields, and places in lists. */
const placeholder = /\$\{([\w-]+(?:\.[\w-]+)*)\}/g;

/** A message with the values of a record. They are escaped where they are shown, like any value of a record. */
export function filled(message: string, record: CloudTrailRecord): string {
  return message.replace(placeholder, (_, path: string) => shortText(valueAt(record, path)));
}

function shortText(value: unknown): string {
  if (value === undefined || value === null) return "(none)";
  const text = typeof value === "object" ? JSON.stringify(value) : plainTextOf(value);
  return text.length <= maxValue ? text : `${text.slice(0, maxValue - 1)}…`;
}

/** The value at a path, through lists by place; through a list of objects, those of all of them. */
function valueAt(record: CloudTrailRecord, path: string): unknown {
  let value: unknown = record;
  for (const step of path.split(".")) {
    if (Array.isArray(value) && !/^\d{1,4}$/.test(step)) {
      const inner = value.map((one) => ownField(one, step)).filter((one) => one !== undefined);
      value = inner.length === 0 ? undefined : inner;
    } else value = Array.isArray(value) ? (value as unknown[])[Number(step)] : ownField(value, step);
    if (value === undefined || value === null) return undefined;
  }
  return value;
}

function ownField(value: unknown, name: string): unknown {
  const fields: Fields = fieldsOf(value);
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
