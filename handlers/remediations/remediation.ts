import type { Call, CallAws } from "../aws/call";
import type { Finding } from "../detections/finding";
import type { Settings } from "../settings";
import type { BaselineName } from "../baselines/kinds/index";

/** The calls that undo the event, and those that would bring back what was there before the fix. */
export interface Plan {
  calls: Call[];
  rollback: Call[];
  /** One sentence for people: `Detach AdministratorAccess from user bob`. */
  summary: string;
  /** Of a remediation that else contains: this plan reverts what the event did. */
  revertsEvent?: true;
  /** The keys of the baselines that it was made with: once its calls are made, what the event did to those is reverted. */
  baselines?: string[];
  /** What the plan leaves as the event made it, or may leave since nobody knows how it was. For people. */
  leaves?: string;
}

/** Why there is no plan. */
export interface NoPlan {
  outcome: "already-ok" | "changed-since" | "needs-baseline" | "refused";
  /** One sentence for people. */
  reason: string;
}

/** What a plan may know besides the finding and the live state. */
export interface PlanContext {
  settings: Pick<Settings, "context">;
  /**
   * How something was just before the finding's event, as the system saw it then, under the key that `baselineKeyOf`
   * (baselines.ts) gives; undefined when that is not known.
   */
  baselineOf(key: string): Promise<unknown>;
}

/**
 * From a finding and the live state to a plan. A plain object. `plan` only reads; it undoes what the finding's
 * event added and nothing else. It throws what the SDK throws when it cannot read.
 */
export interface Remediation {
  /** The detection's id. */
  id: string;
  /**
   * IAM actions that `plan` needs to look; the role has them from mode `plan` on. An action that is granted for a
   * service alone has it after a space: `iam:PassRole config.amazonaws.com` (policies/remediation-scopes.ts).
   */
  reads: string[];
  /** IAM actions that the plan's calls need, in the same form; the role has them in mode `fix` alone. */
  writes: string[];
  /** What `plan` asks baselines of: those are kept, and the role may read them, from mode `plan` on. */
  baselines?: BaselineName[];
  /** It contains who called and not what the call did, so that it has work to do after a refused call as well. */
  containsActor?: true;
  /** @param context left out: nothing is configured and no baseline is kept */
  plan(finding: Finding, aws: CallAws, context?: PlanContext): Promise<Plan | NoPlan>;
}
