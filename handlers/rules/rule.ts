import type { CallAws } from "../aws/call";
import type { BaselineName } from "../baselines/kinds/index";
import type { CloudTrailRecord } from "../cloudtrail/record";
import type { Burst, Detection, Match, Noise, Novel } from "../detections/detection";
import type { Finding } from "../detections/finding";
import type { Hint } from "../detections/hint";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediations/remediation";
import type { DetectionContext, RemediationClass, Severity } from "../settings";
import { createPatternDetection, type PatternRule } from "./pattern-rule";

/** An event as rules name it: `ec2:CreateTags`. `*` stands for every event. */
export type RuleEvent = `${string}:${string}` | "*";

/**
 * A permission of a fix: an IAM action, which is granted on what this account has of the kinds of resources that AWS knows
 * for it, without any condition; or the same with resources and conditions of its own.
 *
 * `"ec2:CreateTags"`, or `{ action: "ec2:CreateTags", resources: ["arn:aws:ec2:*:*:instance/*"] }`. A role is passed to
 * one service: `"iam:PassRole config.amazonaws.com"`.
 */
export type Permission = string | NarrowPermission;

/** A permission that says on what, and when, it is granted. */
export interface NarrowPermission {
  action: string;
  /** ARNs, in which `*` stands for any characters. `${Partition}` and `${Account}` are the stack's. */
  resources: string[];
  /** By operator and key: `{ StringEquals: { "aws:ResourceTag/team": "web" } }`. */
  condition?: Record<string, Record<string, string | string[]>>;
}

/** How a rule fixes what it finds. */
export interface RuleFix {
  /**
   * What the fix is; `inverse` when left out. A fix that is `contain` is made only where the stack's configuration names the
   * rule with mode `fix`.
   */
  class?: Exclude<RemediationClass, "alert">;
  /** What `plan` needs to look. The role has it from mode `plan` on. */
  reads: Permission[];
  /** What the plan's calls need. The role has it in mode `fix` alone. */
  writes: Permission[];
  /** What `plan` asks `context.baselineOf` for: how things were before the event. It is kept, and the role may read it. */
  baselines?: BaselineName[];
  /** It contains who called and not what the call did, so that it has work to do after a refused call as well. */
  containsActor?: true;
  /**
   * From the finding and the live state to the calls that revert the event, and to those that would bring back what was there
   * before the fix; or to an outcome with a reason: `alreadyOk(…)`, `changedSince(…)`, `refused(…)`. It only reads.
   */
  plan(finding: Finding, aws: CallAws, context?: PlanContext): Promise<Plan | NoPlan>;
}

/**
 * A team's own rule, which `own/<id>.ts` exports as `rule`: a detection and, where it has a `remediation`, its fix. A plain
 * object, serialized into the function like the catalogue; what it may hold is in docs/closures.md.
 */
export interface Rule {
  /** The file's name: words with hyphens between them, `ec2-prod-untagged`. Findings, modes and exceptions go by it. */
  id: string;
  /** What happened, for the subject of an alert: `Production tag removed`. */
  title: string;
  severity: Severity;
  /** The events that the rule looks at. It sees no others. */
  events: RuleEvent[];
  /**
   * Whether the record is what the rule is about, and if so the evidence, and the resources that were touched. Pure. Anything
   * in a record may be missing, of another type, or hostile.
   */
  match(record: CloudTrailRecord, context: DetectionContext): Match | undefined;
  remediation?: RuleFix;
  /** Next steps for the person who reads the alert. */
  runbook: [string, ...string[]];
  /** Which calls it looks at; `success` when left out. */
  outcome?: "success" | "failure" | "any";
  /**
   * Counts records: **one** finding for each principal and window, when there are enough of them, with the last record as its
   * record. For "more than N exist" do not count records: match every call that makes one, and count live in `plan`.
   */
  burst?: Burst;
  /** Makes findings grave only where they are new for the principal; `info` after that. */
  novel?: Novel;
  /** MITRE ATT&CK: the technique's id. */
  attack?: Detection["attack"];
  /** What an account at ordinary work sees of it; `changes` when left out. */
  noise?: Noise;
  /** When this is nothing to worry about. */
  falsePositives?: string[];
  /** Pages to read. */
  references?: string[];
  /** Why it is off unless the stack's configuration names it. */
  offByDefault?: string;
  /** With `*` in `events`: lets the reader of log files pass over records that cannot match. */
  hint?: Hint;
  /** Events among `events` that AWS has and this project's copy of its reference has not yet. */
  newEvents?: RuleEvent[];
}

/** What can be found and fixed. */
export interface Catalogue {
  detections: Detection[];
  remediations: Remediation[];
}

/**
 * The catalogue with a team's own rules. One with an id of the catalogue takes the place of that detection and its fix.
 *
 * @param patterns rules of the stack's configuration
 */
export function withRules(
  { detections, remediations }: Catalogue,
  rules: readonly Rule[],
  patterns: readonly PatternRule[] = [],
): Catalogue {
  const ids = [...rules, ...patterns].map(({ id }) => id);
  const others = <Entry extends { id: string }>(entries: Entry[]) =>
    entries.filter(({ id }) => !ids.includes(id));
  return {
    detections: [
      ...others(detections),
      ...rules.map(detectionOf),
      ...patterns.map((pattern) => createPatternDetection(pattern)),
    ],
    remediations: [...others(remediations), ...rules.flatMap((rule) => remediationOf(rule) ?? [])],
  };
}

/** The detection of a rule. */
export function detectionOf(rule: Rule): Detection {
  const { remediation, falsePositives = [], references = [] } = rule;
  const detection: Omit<Rule, "remediation" | "newEvents"> & Partial<Rule> = { ...rule };
  delete detection.newEvents;
  delete detection.remediation;
  return {
    ...detection,
    // What it does to the record is no concern of others.
    match: (record, context) => rule.match(frozen(record), context),
    tier: "own",
    noise: rule.noise ?? "changes",
    remediation: remediation === undefined ? "alert" : (remediation.class ?? "inverse"),
    falsePositives,
    references,
  };
}

/** The record, in which nothing can be changed any more: who tries throws. Not recursive: it may be nested deeper than the stack allows. */
function frozen(record: CloudTrailRecord): CloudTrailRecord {
  const left: unknown[] = [record];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== "object" || value === null || Object.isFrozen(value)) continue;
    Object.freeze(value);
    left.push(...Object.values(value));
  }
  return record;
}

/** The fix of a rule; undefined when it has none. */
export function remediationOf({ id, remediation }: Rule): Remediation | undefined {
  if (remediation === undefined) return undefined;
  const { baselines, containsActor } = remediation;
  return {
    id,
    reads: remediation.reads.map(actionOf),
    writes: remediation.writes.map(actionOf),
    ...(baselines === undefined ? {} : { baselines }),
    ...(containsActor === undefined ? {} : { containsActor }),
    plan: (finding, aws, context) => remediation.plan(finding, aws, context),
  };
}

/** The IAM action of a permission; with the service, where a role is passed to one. */
export function actionOf(permission: Permission): string {
  return typeof permission === "string" ? permission : permission.action;
}
