import type { Call, CallAws } from "../aws/call";
import type { Finding } from "../detections/finding";
import type { Settings } from "../settings";
import type { BaselineName } from "../baselines/kinds/index";

/** The calls that revert the event, and those that would restore what was there before the fix. */
export interface Plan {
  calls: Call[];
  rollback: Call[];
  /** One sentence for people: `Detach AdministratorAccess from user bob`. */
  summary: string;
  /** This plan reverts the event, although its remediation usually contains. */
  revertsEvent?: true;
  /** The keys of the baselines that it was made from: once its calls are made, the event's changes to those are reverted. */
  baselines?: string[];
  /** What the plan leaves, or may leave, as the event made it, because nobody knows what it was before. For people. */
  leaves?: string;
}

/** Why there is no plan. */
export interface NoPlan {
  outcome: "already-ok" | "changed-since" | "needs-baseline" | "refused";
  /** One sentence for people. */
  reason: string;
}

/** What a plan may use besides the finding and the live state. */
export interface PlanContext {
  settings: Pick<Settings, "context">;
  /**
   * The state of a resource just before the finding's event, from its baseline, by the key from `baselineKeyOf`
   * (baselines/baseline.ts); undefined if unknown.
   */
  baselineOf(key: string): Promise<unknown>;
}

/**
 * From a finding and the live state to a plan. A plain object. `plan` only reads. Its calls revert what the finding's event
 * did and nothing else. It throws the SDK's error if it cannot read.
 */
export interface Remediation {
  /** The detection's id. */
  id: string;
  /**
   * IAM actions that `plan` needs to read; the role has them from mode `plan` on. An action that is granted only for a service
   * has that after a space: `iam:PassRole config.amazonaws.com` (policies/remediation-scopes.ts).
   */
  reads: string[];
  /** IAM actions that the plan's calls need, in the same form; the role has them only in mode `fix`. */
  writes: string[];
  /** The kinds of baselines that `plan` uses: they are kept, and the role may read them, from mode `plan` on. */
  baselines?: BaselineName[];
  /** It contains the caller instead of reverting the call, so it also applies to a denied call. */
  containsActor?: true;
  /** @param context if omitted, nothing is configured and no baselines are kept */
  plan(finding: Finding, aws: CallAws, context?: PlanContext): Promise<Plan | NoPlan>;
}
