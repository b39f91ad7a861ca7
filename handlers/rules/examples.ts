import type { Call } from "../aws/call";
import type { CloudTrailRecord } from "../cloudtrail/record";
import type { NoPlan } from "../remediations/remediation";
import type { DetectionContext, Severity } from "../settings";

/**
 * A record of an example: what matters of it, at least `eventSource` and `eventName`; a usual record is filled in around it.
 * Or the path of a file that `npx cloudtrailer capture` saved, from the rule's folder: `records/CreateTags-1a2b3c4d.json`.
 */
export type ExampleRecord = Partial<CloudTrailRecord> | string;

/** What every example may have. */
export interface Example {
  /** What happens, for the person who reads that it failed: `somebody removes env=prod`. */
  name?: string;
  record: ExampleRecord;
  /** What the stack's configuration says: `{ trustedAccounts: ["999988887777"] }`; nothing when left out. */
  context?: Partial<Omit<DetectionContext, "account">>;
}

/** A record that the rule finds, and what it says and does about it. Only what is given is compared. */
export interface Hit extends Example {
  severity?: Severity;
  title?: string;
  /** Ids of all resources, in any order. */
  resources?: string[];
  /** Paths of evidence that there must be: `requestParameters.tagSet`. */
  evidence?: string[];
  /**
   * What AWS answers when the fix looks, by `service:Operation`: an answer, a list of answers to one call after the other, or
   * an error `{ error: "InvalidInstanceID.NotFound" }`. A call that is not here fails the example.
   */
  live?: Record<string, LiveAnswer | LiveAnswer[]>;
  /** What was there before the event, by the key that `baselineKeyOf` makes. */
  baselines?: Record<string, unknown>;
  /** The calls that the fix makes, all of them and in this order. The region is compared where it is given. */
  calls?: ExpectedCall[];
  /** The calls that would bring back what was there before the fix. */
  rollback?: ExpectedCall[];
  /** Instead of calls: how the fix ends without any. */
  outcome?: NoPlan["outcome"];
}

/** An answer of AWS with the SDK's member names, or the code of an error. */
export type LiveAnswer = Record<string, unknown> | { error: string };

/** A call as a plan has it. */
export type ExpectedCall = Pick<Call, "service" | "operation" | "input"> & Partial<Call>;

/** Records that are counted, and how many findings come of all of them. */
export interface BurstExample {
  name?: string;
  /** In any order. Without a time of their own, they are a second apart. */
  records: ExampleRecord[];
  context?: Example["context"];
  findings: number;
}

/**
 * What a rule does, shown on records: `own/<id>.ts` exports it as `examples`. `npx cloudtrailer test` runs it; it never
 * reaches the function.
 */
export interface Examples {
  hits: [Hit, ...Hit[]];
  /** Records of the rule's events that are nothing to it. */
  misses: [Example, ...Example[]];
  /** For a rule with `burst`. */
  bursts?: BurstExample[];
}
