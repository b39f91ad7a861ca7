import type { Ask } from "./ask";
import type { CloudTrailRecord } from "../cloudtrail/record";
import type { DetectionContext, RemediationClass, Severity } from "../settings";
import type { Hint } from "./hint";

/** One thing that made a detection fire: its place in the record, and its value. */
export interface Evidence {
  /** Path in the record: `requestParameters.policyArn`. */
  parameter: string;
  /** The value as written. It is cut and cleaned only when shown. */
  value: unknown;
  /** Why it matters, if the value does not say so itself: `is the world`. */
  why?: string;
}

/** Something in the account that the call touched. */
export interface Resource {
  /** CloudFormation's name of the type: `AWS::IAM::User`. */
  type: string;
  /** Name, id or ARN, as in the record. */
  id: string;
}

/** A detection's result for a record that it matches. */
export interface Match {
  evidence: Evidence[];
  resources: Resource[];
  /** If this record is more or less severe than the detection in general. */
  severity?: Severity;
  /** If this record deserves a different title than the detection's. */
  title?: string;
  /**
   * Set if the parameters were redacted, omitted or truncated, so the detection could not inspect them: alerted, never fixed.
   * Names what was missing: `requestParameters omitted: requestParameters too large`.
   */
  couldNotInspect?: string;
  /** For detections with `novel`, added once known: whether this is new for the principal. */
  novelty?: {
    /** For people: `first time in 30 days by role deploy`. */
    text: string;
    /** Everything is still new, so this is `low`. */
    isLearning?: true;
    /** It was done before, so this is `info`. */
    isKnown?: true;
  };
}

/**
 * Many records by one actor (or account, or address) in a short time. `match` decides whether a record counts, the counter
 * whether there were enough.
 */
export interface Burst {
  windowMinutes: number;
  /** The default threshold, unless `thresholds` has an entry for the detection. */
  threshold: number;
  /** The principal that is counted: an ARN, an address, an account. Undefined: the record is not counted. */
  countedBy(record: CloudTrailRecord, context: DetectionContext): string | undefined;
  /** What is counted instead of records: distinct values (secret ids, event names). */
  distinct?(record: CloudTrailRecord, context: DetectionContext): string[];
  /** The severity of a record that is also a finding by itself; undefined: only many of them are. */
  alone?(record: CloudTrailRecord, context: DetectionContext): Severity | undefined;
}

/**
 * For what is daily work for some: a finding when this principal (the role behind a session, or the user or root) does it
 * for the first time, and `info` after that.
 */
export interface Novel {
  /** The number of days without it after which it is new again. */
  days: number;
  /** The number of days after the first record during which novelties are `low`, because everything is new. */
  learning: number;
}

/**
 * How often a detection fires in an ordinary account. `none`: never. `rare`: a few times a year, for intended changes.
 * `changes`: some times a month, for changes by people and pipelines. `work`: daily work for some, which a burst or novelty
 * reduces to what stands out, or which is off by default.
 */
export type Noise = "none" | "rare" | "changes" | "work";

/**
 * A named, pure test of one record. A plain object, because it is serialized into the function by value.
 * `match` never throws, never changes its arguments, and has no clock.
 */
export interface Detection {
  /** kebab-case, object and past participle; never changes. */
  id: string;
  title: string;
  severity: Severity;
  /** MITRE ATT&CK: the technique's id in v19, and its earlier id if v19 renumbered it. A team's own rules may have none. */
  attack?: { technique: string; before?: string };
  /**
   * `core`: well-known techniques, which most public rule sets cover, too; `extended`: all others. For the docs alone. `own`: a
   * team's own rule, from `own/` or the configuration.
   */
  tier: "core" | "extended" | "own";
  noise: Noise;
  /** `iam:AttachUserPolicy` (service prefix of `eventSource`, `eventName` without a date), or `*` alone for every event. */
  events: string[];
  /** Lets the reader of log files skip records that the detection cannot match (hint.ts). Required with `*`. */
  hint?: Hint;
  /** Which calls it sees; `success` by default. */
  outcome?: "success" | "failure" | "any";
  /** What a fix could be, which decides whether `fix` needs this detection named; `alert`: there is none. */
  remediation: RemediationClass;
  burst?: Burst;
  /** Gives findings (or bursts) full severity only if they are new for the principal. */
  novel?: Novel;
  /** The list in the stack's configuration without which it never matches, so that it then costs nothing. */
  needs?: "allowedRegions" | "protectedRouteTables";
  /** Set if the detection is off unless the stack's configuration switches it on: the reason. */
  offByDefault?: string;
  /**
   * What it must know besides a record before it can decide; undefined if the record says enough. Called only if `match` finds
   * nothing without it. Pure, like `match`.
   */
  asks?(record: CloudTrailRecord, context: DetectionContext): Ask[];
  /** IAM actions that the function needs to answer its questions (`readsOf` in ask.ts). */
  reads?: string[];
  /** @param answers the answers, in the order of `asks`; omitted if nothing was asked */
  match(record: CloudTrailRecord, context: DetectionContext, answers?: unknown[]): Match | undefined;
  /** Next steps for the person who reads the alert; the catalogue has three for each detection. */
  runbook: [string, ...string[]];
  /** When this is harmless. */
  falsePositives: string[];
  /** Pages of the AWS documentation. */
  references: string[];
}
