import { actorOf } from "../../handlers/cloudtrail/actor";
import { type CloudTrailRecord, eventOf } from "../../handlers/cloudtrail/record";
import { createBurstBatches, createMemoryBurstStore } from "../../handlers/detections/bursts";
import { wrongMatch } from "../../handlers/detections/match";
import { createDetect, type Hit } from "../../handlers/detections/detect";
import { findingOf } from "../../handlers/detections/finding";
import type { Example, Examples, ExampleRecord, Hit as HitExample } from "../../handlers/rules/examples";
import { detectionOf, type Rule } from "../../handlers/rules/rule";
import { defaultSettings } from "../../handlers/settings";
import { shown } from "../../infra/checks";
import { type Difference, thrown } from "./difference";
import { recordOfExample } from "./example-record";
import { differencesOfFix } from "./run-fix";

/** A rule, and what it is held against. */
export interface Subject {
  rule: Rule;
  examples: Examples;
  /** Of the rule; absolute. */
  file: string;
}

/** How one example came out. */
export interface ExampleResult {
  /** The rule's id. */
  rule: string;
  /** `hit 2: env=prod is removed` */
  name: string;
  /** What differed; nothing when it passed. */
  differences: Difference[];
}

/** Runs the examples of a rule: on its source, or on what it was serialized to. */
export async function runExamples(subject: Subject): Promise<ExampleResult[]> {
  const { rule, examples } = subject;
  const results: ExampleResult[] = [];
  const add = (kind: string, index: number, name: string | undefined, differences: Difference[]) =>
    results.push({
      rule: rule.id,
      name: `${kind} ${index + 1}${name === undefined ? "" : `: ${name}`}`,
      differences,
    });
  for (const [index, hit] of examples.hits.entries())
    add("hit", index, hit.name, await runHit(subject, hit, `examples.hits[${index}]`));
  for (const [index, miss] of examples.misses.entries())
    add("miss", index, miss.name, runMiss(subject, miss, `examples.misses[${index}]`));
  for (const [index, burst] of (examples.bursts ?? []).entries())
    add("burst", index, burst.name, await runBurst(subject, burst, `examples.bursts[${index}]`));
  return results;
}

/** The settings that an example is looked at with. */
function settingsOf({ context }: Pick<Example, "context">) {
  return { detections: {}, context: { ...defaultSettings.context, ...context } };
}

/** What came of looking at one record: hits, or what is wrong. */
interface Looked {
  record?: CloudTrailRecord;
  hits: Hit[];
  differences: Difference[];
}

function look(
  { rule, file }: Subject,
  given: ExampleRecord,
  settings: ReturnType<typeof settingsOf>,
  path: string,
  place = 0,
): Looked {
  const differences: Difference[] = [];
  let record: CloudTrailRecord;
  try {
    record = recordOfExample(given, file, place);
  } catch (error) {
    return { hits: [], differences: [{ path, message: (error as Error).message }] };
  }
  if (!rule.events.includes("*") && !(rule.events as string[]).includes(eventOf(record)))
    return {
      record,
      hits: [],
      differences: [
        {
          path,
          message: `expected a record of ${rule.events.join(" or ")}, found one of ${eventOf(record)}: the rule never sees it`,
        },
      ],
    };
  const detect = createDetect(settings, [detectionOf(rule)]);
  const hits = detect(record, undefined, ({ error }) => {
    const { name, message } = error as Error;
    differences.push({ path, message: name === wrongMatch ? message : thrown("match", error, file) });
  });
  return { record, hits, differences };
}

async function runHit(subject: Subject, example: HitExample, path: string): Promise<Difference[]> {
  const settings = settingsOf(example);
  const { record, hits, differences } = look(subject, example.record, settings, `${path}.record`);
  const [hit] = hits;
  if (differences.length > 0 || record === undefined) return differences;
  if (hit === undefined)
    return [{ path: `${path}.record`, message: "expected the rule to find this record, found no match" }];
  if (hit.match.evidence.length === 0)
    return [{ path: `${path}.record`, message: "expected a match with some evidence, found none" }];
  const finding = findingOf(hit, record, actorOf(record), "example");
  return [
    ...differencesOfMatch(hit, finding.title, example, path),
    ...(await differencesOfFix(subject, finding, example, settings.context, path)),
  ];
}

function differencesOfMatch(
  { match, severity: found }: Hit,
  titleFound: string,
  { severity, title, resources, evidence = [] }: HitExample,
  path: string,
): Difference[] {
  const differences: Difference[] = [];
  const compare = (member: string, expected: string | undefined, value: string) => {
    if (expected !== undefined && expected !== value)
      differences.push({
        path: `${path}.${member}`,
        message: `expected ${shown(expected)}, found ${shown(value)}`,
      });
  };
  compare("severity", severity, found);
  compare("title", title, titleFound);
  const ids = match.resources.map(({ id }) => id).sort();
  if (resources !== undefined) compare("resources", [...resources].sort().join(", "), ids.join(", "));
  const parameters = match.evidence.map(({ parameter }) => parameter);
  for (const [index, parameter] of evidence.entries())
    if (!parameters.includes(parameter))
      differences.push({
        path: `${path}.evidence[${index}]`,
        message: `expected evidence at ${parameter}, found ${parameters.join(", ")}`,
      });
  return differences;
}

function runMiss(subject: Subject, example: Example, path: string): Difference[] {
  const { hits, differences } = look(subject, example.record, settingsOf(example), `${path}.record`);
  const [hit] = hits;
  if (hit === undefined || differences.length > 0) return differences;
  const found = (hit.match.evidence ?? []).map(({ parameter, value }) => `${parameter} = ${shown(value)}`);
  return [
    { path: `${path}.record`, message: `expected no match, found one: ${found.join("; ") || "no evidence"}` },
  ];
}

async function runBurst(
  subject: Subject,
  example: NonNullable<Examples["bursts"]>[number],
  path: string,
): Promise<Difference[]> {
  const settings = settingsOf(example);
  const { thresholds } = settings.context;
  const batch = createBurstBatches({ store: createMemoryBurstStore(), thresholds, now: () => Date.now() })();
  const differences: Difference[] = [];
  for (const [index, given] of example.records.entries()) {
    const looked = look(subject, given, settings, `${path}.records[${index}]`, index);
    differences.push(...looked.differences);
    for (const hit of looked.hits)
      if (hit.counted !== undefined && looked.record !== undefined) batch.add(hit, looked.record);
  }
  if (differences.length > 0) return differences;
  const { length } = await batch.count();
  if (length === example.findings) return [];
  return [{ path: `${path}.findings`, message: `expected ${example.findings} findings, found ${length}` }];
}
