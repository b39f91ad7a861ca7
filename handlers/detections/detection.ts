import type { Ask } from "./ask";
import type { CloudTrailRecord } from "../cloudtrail/record";
import type { DetectionContext, RemediationClass, Severity } from "../settings";
import type { Hint } from "./hint";

/** One thing that made a detection fire: where in the record it stands, and what stands there. */
export interface Evidence {
  /** Path in the record: `requestParameters.policyArn`. */
  parameter: string;
  /** The value as it was written; cut and cleaned when it is shown, never here. */
  value: unknown;
  /** Why it matters, when the value does not say it itself: `is the world`. */
  why?: string;
}

/** Something in the account that the call touched. */
export interface Resource {
  /** CloudFormation's name of the type: `AWS::IAM::User`. */
  type: string;
  /** Name, id or ARN, as the record has it. */
  id: string;
}

/** What a detection says about a record that it matches. */
export interface Match {
  evidence: Evidence[];
  resources: Resource[];
  /** When this record is graver or milder than the detection in general. */
  severity?: Severity;
  /** When this record deserves another title than the detection's. */
  title?: string;
  /**
   * The parameters were redacted, omitted or cut, so the detection could not look: told in an alert, never fixed.
   * Names what was missing: `requestParameters omitted: requestParameters too large`.
   */
  couldNotInspect?: string;
  /** Of detections with `novel`, added when it is known: whether the principal does this for the first time. */
  novelty?: {
    /** For people: `first time in 30 days by role deploy`. */
    text: string;
    /** Everything is new yet, so this is `low`. */
    isLearning?: true;
    /** It was done before, so this is `info`. */
    isKnown?: true;
  };
}

/**
 * Many records by one actor (or account, or address) in a short time. `match` says whether a record counts;
 * the counter says when there were enough.
 */
export interface Burst {
  windowMinutes: number;
  /** How many make a burst when `thresholds` has no entry for the detection. */
  threshold: number;
  /** Who is counted: an ARN, an address, an account. Undefined: the record is not counted. */
  countedBy(record: CloudTrailRecord, context: DetectionContext): string | undefined;
  /** What is counted when not the record itself: distinct values (secret ids, event names). */
  distinct?(record: CloudTrailRecord, context: DetectionContext): string[];
  /** The severity of a record that is worth a finding by itself as well; undefined: only many of them are. */
  alone?(record: CloudTrailRecord, context: DetectionContext): Severity | undefined;
}

/**
 * What is daily work for some: a finding when this principal (the role behind a session, else the user or root) does it
 * for the first time, and `info` after that.
 */
export interface Novel {
  /** Within how many days before it must not have been done to be new. */
  days: number;
  /** For how many days after the first record what is new is `low`, since everything is then. */
  learning: number;
}

/**
 * What an account at ordinary work sees of a detection. `none`: nothing. `rare`: a few a year, when somebody changes such a thing
 * on purpose. `changes`: some a month, from people and pipelines that change such things. `work`: daily work for some, which
 * a burst or novelty keeps to what stands out, or which is off by default.
 */
export type Noise = "none" | "rare" | "changes" | "work";

/**
 * A named, pure test of one record. A plain object: it is serialized into the function by value.
 * `match` never throws, never changes its arguments, and knows no clock.
 */
export interface Detection {
  /** kebab-case, object + state in the past tense; fixed for ever. */
  id: string;
  title: string;
  severity: Severity;
  /** MITRE ATT&CK: the technique's id in v19, and its earlier one where v19 renumbered it. Rules of a team's own may have none. */
  attack?: { technique: string; before?: string };
  /** `own`: a rule of a team's own, from `own/`. */
  tier: "core" | "extended" | "own";
  noise: Noise;
  /** `iam:AttachUserPolicy` (service prefix of `eventSource`, `eventName` without a date), or `*` alone for every event. */
  events: string[];
  /** Lets the reader of log files pass over records that the detection cannot match (hint.ts). Required with `*`. */
  hint?: Hint;
  /** Which calls it looks at; `success` when left out. */
  outcome?: "success" | "failure" | "any";
  remediation: RemediationClass;
  burst?: Burst;
  /** Makes findings (bursts, when it counts) grave only where they are new for the principal. */
  novel?: Novel;
  /** The list of the stack's configuration without which it never matches, so that it then costs nothing. */
  needs?: "allowedRegions" | "protectedRouteTables";
  /** Set when the detection is off unless the stack's configuration switches it on: why it is. */
  offByDefault?: string;
  /**
   * What it has to know besides a record before it can tell whether it matches; nothing when the record says enough. Asked
   * only when `match` finds nothing without. Pure, like `match`.
   */
  asks?(record: CloudTrailRecord, context: DetectionContext): Ask[];
  /** IAM actions that the function needs to answer what it asks (`readsOf` in ask.ts). */
  reads?: string[];
  /** @param answers what was asked, in the order of `asks` and each of its kind; left out: nothing was */
  match(record: CloudTrailRecord, context: DetectionContext, answers?: unknown[]): Match | undefined;
  /** Next steps for the person who reads the alert; the catalogue has three for each. */
  runbook: [string, ...string[]];
  /** When this is nothing to worry about. */
  falsePositives: string[];
  /** AWS's own pages. */
  references: string[];
}
