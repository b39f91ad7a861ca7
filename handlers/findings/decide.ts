import type { CallAws } from "../aws/call";
import { matchesAny } from "../pattern";
import { problemOfCall } from "../problem";
import type { NoPlan, Outcome, Plan, Remediation } from "../remediations/remediation";
import type { Mode, Settings, Severity } from "../settings";
import { whyOnlyAlert } from "./eligibility";
import { verdictOf } from "./exceptions";
import { type RemediationLoops, maxRounds } from "./remediation-loops";
import type { Finding } from "../detections/finding";
import { modeOf } from "../mode";
import { type CeilingOf, lowered } from "./mode-switch";
import { bytesOf, type FindingsStore, maxPlan } from "./store";
import { tagVerdictOf } from "./tags";
import { permits } from "./rollback-permit";
import { rollbackTokenOf } from "./rollback-token";

/** A breaker that has opened: of one detection or, without one, of the account. */
export interface OpenBreaker {
  detection?: string;
  /** Fixes an hour that it lets through. */
  most: number;
}

/** What was decided about a finding before anything is done: carry out the plan, or leave it at an outcome. */
export type Decision =
  | { plan: Plan; outcome?: undefined; reason?: string }
  | {
      outcome: Outcome;
      reason?: string;
      plan?: Plan;
      /** When the alert is to have another one than the finding. */
      severity?: Severity;
    };

/** What is asked for a decision. */
export interface DecideDependencies {
  settings: Settings;
  remediations: Remediation[];
  store: Pick<FindingsStore, "rollbackPermit" | "mayFix" | "firstToSummarize">;
  /** How something was before a finding's event, by its key; undefined when that is not known. */
  baselineBefore(finding: Finding, key: string): Promise<unknown>;
  ceilingOf: CeilingOf;
  loops: Pick<RemediationLoops, "roundsBefore">;
  /** Publishes that a breaker has opened. */
  alertOpened(breaker: OpenBreaker): Promise<void>;
  /** Epoch ms. */
  now(): number;
}

/** The mode of a finding at this moment, and why it is lower than the stack's configuration has it. */
export interface ModeNow {
  mode: Mode;
  lowered?: string;
}

/** Decides about findings. */
export interface Decide {
  modeNow(finding: Finding): Promise<ModeNow>;
  /** @param aws reads the live state */
  decide(finding: Finding, aws: CallAws): Promise<Decision>;
}

/** One step up, for what is worse than the detection alone can know. */
const raised: Record<Severity, Severity> = {
  info: "low",
  low: "medium",
  medium: "high",
  high: "critical",
  critical: "critical",
};

/** The id of the breaker that all detections share; no detection is called so. */
const accountBreaker = "account";

/**
 * Makes what decides about a finding. The order of the checks is the order of safety (docs/safety.md): each either ends
 * with an outcome that says why nothing is done, or hands on to the next.
 */
export function createDecide(dependencies: DecideDependencies): Decide {
  const { settings, store, baselineBefore, ceilingOf, loops, alertOpened, now } = dependencies;
  const remediationOf = new Map(
    dependencies.remediations.map((remediation) => [remediation.id, remediation]),
  );

  /** Why the call is a person's own rollback of an earlier fix; undefined when it is not. */
  const rolledBack = async (finding: Finding): Promise<string | undefined> => {
    const token = rollbackTokenOf(finding.record);
    if (token === undefined) return undefined;
    const permit = await store.rollbackPermit(token);
    if (permit === undefined || !permits(permit, finding)) return undefined;
    return `${permit.by} takes the fix of ${permit.finding} back: ${permit.why}`;
  };

  /** What somebody answers for, which is told to those alone who want to hear of everything. */
  const excepted = async (finding: Finding, aws: CallAws): Promise<Decision | { notes: string[] }> => {
    const verdict = await verdictOf(finding, settings.exceptions, now(), (tag) =>
      tagVerdictOf(finding, tag, aws),
    );
    if (verdict.passes === false) return verdict;
    if (verdict.passes === "unknown")
      return { outcome: "refused", reason: `the exceptions could not be evaluated: ${verdict.problem}` };
    const { reason, owner, until } = verdict.exception;
    return {
      outcome: "refused",
      reason: `an exception by ${owner} until ${until} lets it pass: ${reason}`,
      severity: "info",
    };
  };

  const modeNow = async ({ detection }: Finding): Promise<ModeNow> => {
    const configured = modeOf(detection, settings);
    const ceiling = await ceilingOf(detection.id);
    const mode = lowered(configured, ceiling);
    if (ceiling === undefined || mode === configured) return { mode };
    const until = ceiling.until === undefined ? "" : ` until ${ceiling.until}`;
    return { mode, lowered: `the switch stands at ${mode}${until}, set by ${ceiling.by}: ${ceiling.why}` };
  };

  /** A plan would be carried out here, on whatever has the same name. */
  const elsewhere = ({ account }: Finding): string | undefined =>
    account === settings.account
      ? undefined
      : `the call was made in ${account === "" ? "an account that the record does not name" : `the account ${account}`}, and only ${settings.account} can be looked into from here`;

  /** Infrastructure as code makes the same call again as often as it is undone. */
  const automated = ({ actor }: Finding): string | undefined => {
    if (settings.fixAutomation) return undefined;
    if (actor.invokedBy === "cloudformation.amazonaws.com")
      return "CloudFormation made the call: mend the template, or it comes again";
    const known = [actor.arn, actor.role?.arn].find(
      (arn) => arn !== undefined && matchesAny(settings.context.automation, arn),
    );
    if (known === undefined) return undefined;
    return `${known}, which is named as automation, made the call: mend its source, or it comes again`;
  };

  /** Which breaker is open, after counting this fix; undefined when it may be made. */
  const openBreaker = async (finding: Finding): Promise<OpenBreaker | undefined> => {
    const detection = finding.detection.id;
    const breakers = [
      { key: detection, breaker: { detection, most: settings.maxFixesPerHour } },
      { key: accountBreaker, breaker: { most: settings.maxFixesPerHourOfAccount } },
    ];
    for (const { key, breaker } of breakers) {
      if (await store.mayFix(key, finding.id, breaker.most)) continue;
      if (await store.firstToSummarize(key)) await alertOpened(breaker);
      return breaker;
    }
    return undefined;
  };

  const decideUnexcepted = async (finding: Finding, aws: CallAws): Promise<Decision> => {
    const { mode, lowered: why } = await modeNow(finding);
    const because = why === undefined ? {} : { reason: why };
    if (mode === "alert" || mode === "off") return { outcome: "alerted", ...because };
    const remediation = remediationOf.get(finding.detection.id);
    if (remediation === undefined)
      return {
        outcome: "alerted",
        reason: "there is no fix for this detection: the next steps are for a person",
      };

    const unfit =
      whyOnlyAlert(finding, settings.maxAgeMinutes, now(), remediation.containsActor) ??
      elsewhere(finding) ??
      automated(finding);
    if (unfit !== undefined) return { outcome: "refused", reason: unfit };

    let plan: Plan | NoPlan;
    try {
      plan = await remediation.plan(finding, aws, {
        settings,
        baselineOf: (key) => baselineBefore(finding, key),
      });
    } catch (error) {
      return { outcome: "failed", reason: `unable to read the live state: ${problemOfCall(error)}` };
    }
    if ("outcome" in plan) return plan;
    const bytes = bytesOf(JSON.stringify(plan));
    if (bytes > maxPlan)
      return {
        outcome: "refused",
        reason: `the plan (${plan.calls.length} calls, ${bytes} bytes) is larger than the ${maxPlan} bytes that are kept of one, so it could not be taken back: ${plan.summary.slice(0, 500)}`,
      };
    if (mode === "plan") return { outcome: "planned", plan, ...because };

    const rounds = await loops.roundsBefore(finding);
    if (rounds >= maxRounds)
      return {
        outcome: "refused",
        plan,
        reason: `${finding.actor.name} did this again after it was undone ${rounds} times: it takes a person to end that`,
        severity: raised[finding.severity],
      };

    // Asked last, so that what is left alone for another reason uses nothing up.
    const open = await openBreaker(finding);
    if (open === undefined) return { plan };
    const whose = open.detection === undefined ? "in this account" : "by this detection";
    return {
      outcome: "refused",
      plan,
      reason: `the breaker is open: ${open.most} fixes ${whose} within an hour`,
    };
  };

  const decide = async (finding: Finding, aws: CallAws): Promise<Decision> => {
    const undone = await rolledBack(finding);
    if (undone !== undefined) return { outcome: "refused", reason: undone, severity: "info" };
    const passed = await excepted(finding, aws);
    if (!("notes" in passed)) return passed;
    const decision = await decideUnexcepted(finding, aws);
    const reason = [decision.reason, ...passed.notes].filter((text) => text !== undefined).join("; ");
    return reason === "" ? decision : { ...decision, reason };
  };

  return { modeNow, decide };
}
