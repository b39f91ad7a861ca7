import type { CallAws } from "../aws/call";
import { noRole } from "../aws/clients";
import { accountName, isMember } from "../accounts";
import { withAccount } from "../aws/members";
import { isPassing } from "../aws/retries";
import { eventOf } from "../cloudtrail/record";
import { leavingNoTrace, ownPartChanged } from "../detections/own/own-part-changed";
import { type Finding, pathOf } from "../detections/finding";
import { makesFixes, modeOf } from "../mode";
import { matchesAny } from "../pattern";
import { errorOf, problemOfCall } from "../problem";
import { checkedPlan, wrongPlan } from "../remediations/planned";
import { leftAfter } from "../remediations/receipt";
import type { NoPlan, Plan, Remediation } from "../remediations/remediation";
import type { Mode, Settings, Severity } from "../settings";
import { type Approval, approvalEndOf } from "./approval";
import type { Breakers } from "./breaker";
import { fixAtOf } from "./delays";
import { whyOnlyAlert } from "./eligibility";
import { verdictOf } from "./exceptions";
import { type CeilingOf, lowered } from "./mode-switch";
import { whyNotOnly } from "./only";
import { hashOfCalls } from "./person-request";
import { maxRounds, type RemediationLoops } from "./remediation-loops";
import type { Result } from "./result";
import type { WhyUnproven } from "./source-proof";
import { permits } from "./rollback-permit";
import { rollbackTokenOf } from "./rollback-token";
import { bytesOf, type FindingsStore, isKept, maxPlan } from "./store";
import { tagVerdictOf } from "./tags";

/** The decision about a finding, before anything is done: carry out the plan, or stop at a result. */
export type Decision = { plan: Plan; outcome?: undefined; reason?: string; severity?: Severity } | Result;

/** What deciding needs. */
export interface DecideDependencies {
  settings: Settings;
  remediations: Remediation[];
  store: Pick<FindingsStore, "rollbackPermit">;
  breakers: Breakers;
  /** The state of a resource before a finding's event, by its key; undefined if unknown. */
  baselineBefore(finding: Finding, key: string): Promise<unknown>;
  /** Records that what a finding's event did to resources is reverted, by the keys of their baselines. */
  noteReverted(finding: Finding, keys: string[]): Promise<void>;
  ceilingOf: CeilingOf;
  /** Why the log files may be somebody else's work. */
  whyUnproven: WhyUnproven;
  /**
   * Differences of this system's own parts from what the last deployment left, for people; and whether the stack is being
   * deployed for the first time, so that there is nothing to compare with yet.
   */
  checkOwnParts(): Promise<{ differences: string[]; isFirstDeployment: boolean }>;
  loops: Pick<RemediationLoops, "roundsBefore">;
  /** Epoch ms. */
  now(): number;
}

/** The current mode for a finding, and why it is lower than configured, if it is. */
export interface ModeNow {
  mode: Mode;
  lowered?: string;
}

/** What an earlier handling of a finding has left. */
export interface Earlier {
  /** A person's yes to an earlier plan. */
  approval?: Approval | undefined;
  /** When its delayed fix was announced to be made, ISO. */
  fixAt?: string | undefined;
}

/** Decides about findings. Every function throws passing errors of AWS, which are not an outcome. */
export interface Decide {
  modeNow(finding: Finding): Promise<ModeNow>;
  /** @param aws reads the live state */
  decide(finding: Finding, aws: CallAws, earlier?: Earlier): Promise<Decision>;
  /** What is not as a fix was to leave it, for people; undefined if all is. @param made the plan that was carried out */
  whatIsLeft(finding: Finding, aws: CallAws, made: Plan): Promise<string | undefined>;
}

/** What a remediation plans. @throws Error whatever it throws, or if what it returns is no plan */
async function planIn(plan: () => ReturnType<Remediation["plan"]>): Promise<Plan | NoPlan> {
  try {
    return checkedPlan(await plan());
  } catch (error) {
    throw errorOf(error);
  }
}

/** One step up, for what is worse than the detection alone can tell. */
const raised: Record<Severity, Severity> = {
  info: "low",
  low: "medium",
  medium: "high",
  high: "critical",
  critical: "critical",
};

/** What the checks of one finding pass on to each other. */
interface Case {
  finding: Finding;
  aws: CallAws;
  approval: Approval | undefined;
  fixAt: string | undefined;
  /** The current mode; set by the mode check. */
  mode: Mode;
  /** What the alert should say in addition to the outcome's reason. */
  notes: string[];
  remediation?: Remediation;
  plan?: Plan;
}

/** Ends the decision with a result, or continues with the next check. */
type Check = (one: Case) => Promise<Result | undefined> | Result | undefined;

/**
 * Creates the decider. Its checks are in the order of docs/safety.md: each either ends with an outcome that says why
 * nothing is done, or continues with the next.
 */
export function createDecide(dependencies: DecideDependencies): Decide {
  const { settings, store, breakers, baselineBefore, noteReverted, ceilingOf, checkOwnParts, loops, now } =
    dependencies;
  const { whyUnproven } = dependencies;
  const remediationOf = new Map(
    dependencies.remediations.map((remediation) => [remediation.id, remediation]),
  );

  const modeNow = async (finding: Finding): Promise<ModeNow> => {
    const { detection, account } = finding;
    const configured = modeOf(detection, settings, account);
    const ceiling = await ceilingOf(detection.id);
    const mode = lowered(configured, ceiling);
    if (makesFixes(mode) && finding.sentBy !== undefined)
      return {
        mode: "plan",
        lowered: `${finding.sentBy} sent the record by hand, so that its fix is only planned`,
      };
    if (makesFixes(mode)) {
      // An event has proven its origin before it came here.
      const why = pathOf(finding) === "event" ? undefined : await whyUnproven();
      if (why !== undefined) return { mode: "plan", lowered: why };
    }
    if (ceiling === undefined || mode === configured) return { mode };
    const until = ceiling.until === undefined ? "" : ` until ${ceiling.until}`;
    return { mode, lowered: `the kill switch is at ${mode}${until}, set by ${ceiling.by}: ${ceiling.why}` };
  };

  const planOf = async (
    remediation: Remediation,
    finding: Finding,
    aws: CallAws,
  ): Promise<{ plan: Plan | NoPlan; baselines: string[] }> => {
    const asked = new Set<string>();
    const baselineOf = (key: string) => {
      asked.add(key);
      return baselineBefore(finding, key);
    };
    const planned = await planIn(() => remediation.plan(finding, aws, { settings, baselineOf }));
    const plan = "outcome" in planned ? planned : withAccount(planned, settings, finding.account);
    return { plan, baselines: [...asked] };
  };

  const trusted: Check = ({ finding: { suspect } }) =>
    suspect === undefined ? undefined : { outcome: "unproven", reason: suspect, severity: "critical" };

  /** A change to an own part is judged by the resulting state, not by who made it: no exception covers it. */
  const ownPartsAreDeclared: Check = async ({ finding }) => {
    if (finding.detection.id !== ownPartChanged.id) return undefined;
    const { differences, isFirstDeployment } = await checkOwnParts();
    if ((differences.length === 0 || isFirstDeployment) && leavingNoTrace.includes(eventOf(finding.record)))
      return { outcome: "alerted", reason: "such a call leaves no state to compare with" };
    if (differences.length === 0)
      return {
        outcome: "alerted",
        severity: "info",
        reason: "every part of this system is as the last deployment left it",
      };
    if (isFirstDeployment)
      return {
        outcome: "alerted",
        severity: "info",
        reason: "the stack is being deployed for the first time; what that leaves is recorded at its end",
      };
    const reason = `not as the last deployment left it: ${differences.join("; ")}. Run \`pulumi up --refresh\``;
    return { outcome: "alerted", reason };
  };

  /** A person's rollback of an earlier fix is not fixed again. */
  const notRolledBack: Check = async ({ finding }) => {
    const token = rollbackTokenOf(finding.record);
    if (token === undefined) return undefined;
    const permit = await store.rollbackPermit(token);
    if (permit === undefined || !permits(permit, finding)) return undefined;
    const reason = `${permit.by} is rolling back the fix of ${permit.finding}: ${permit.why}`;
    return { outcome: "refused", reason, severity: "info" };
  };

  /** Somebody answers for an exception: it is alerted only to those who want every alert. */
  const notExcepted: Check = async ({ finding, aws, notes }) => {
    const verdict = await verdictOf(finding, settings.exceptions, now(), (tag) =>
      tagVerdictOf(finding, tag, aws),
    );
    if (verdict.passes === false) {
      notes.push(...verdict.notes);
      return undefined;
    }
    if (verdict.passes === "unknown")
      return { outcome: "refused", reason: `the exceptions could not be evaluated: ${verdict.problem}` };
    const { reason, owner, until } = verdict.exception;
    return {
      outcome: "refused",
      reason: `an exception by ${owner} until ${until} covers it: ${reason}`,
      severity: "info",
    };
  };

  const modeAllows: Check = async (one) => {
    const { mode, lowered: why } = await modeNow(one.finding);
    one.mode = mode;
    if (why !== undefined && mode !== "fix") one.notes.unshift(why);
    return mode === "alert" || mode === "off" ? { outcome: "alerted" } : undefined;
  };

  const hasRemediation: Check = (one) => {
    one.remediation = remediationOf.get(one.finding.detection.id);
    if (one.remediation !== undefined) return undefined;
    return {
      outcome: "alerted",
      reason: "this detection has no fix; a person must take the next steps",
    };
  };

  const isFit: Check = ({ finding, remediation, approval }) => {
    // A yes has its own deadline.
    const maxAgeMinutes = approval === undefined ? settings.maxAgeMinutes : Number.POSITIVE_INFINITY;
    const reason =
      finding.onlyAlert ??
      whyOnlyAlert(finding, maxAgeMinutes, now(), remediation?.containsActor) ??
      whyElsewhere(finding, settings) ??
      whyAutomated(finding, settings);
    return reason === undefined ? undefined : { outcome: "refused", reason };
  };

  const hasPlan: Check = async (one) => {
    const { finding, aws, remediation } = one;
    if (remediation === undefined) return undefined;
    let planned: Awaited<ReturnType<typeof planOf>>;
    try {
      planned = await planOf(remediation, finding, aws);
    } catch (error) {
      if (isPassing(error)) throw error;
      const { name, message } = error as Error;
      if (name === noRole)
        return { outcome: "refused", reason: whyUnprotected(finding, remediation, settings) };
      if (name === wrongPlan)
        return { outcome: "failed", reason: `the remediation planned wrongly: ${message}` };
      return { outcome: "failed", reason: `unable to read the live state: ${problemOfCall(error)}` };
    }
    const { plan, baselines } = planned;
    if ("outcome" in plan) {
      const isReverted = plan.outcome === "already-ok" || plan.outcome === "changed-since";
      if (makesFixes(one.mode) && isReverted) await noteReverted(finding, baselines);
      return plan;
    }
    one.plan = baselines.length === 0 ? plan : { ...plan, baselines };
    const { calls, summary, leaves } = one.plan;
    if (leaves !== undefined) one.notes.push(leaves);
    const bytes = bytesOf(JSON.stringify(one.plan));
    if (bytes <= maxPlan) return undefined;
    return {
      outcome: "refused",
      reason: `the plan (${calls.length} calls, ${bytes} bytes) exceeds the ${maxPlan} bytes that can be stored, so it could not be rolled back: ${summary.slice(0, 500)}`,
    };
  };

  /** What a detection's `only` does not cover is planned. */
  const isCovered: Check = async (one) => {
    const { only } = Object.hasOwn(settings.detections, one.finding.detection.id)
      ? (settings.detections[one.finding.detection.id] ?? {})
      : {};
    if (only === undefined || !makesFixes(one.mode)) return undefined;
    const why = await whyNotOnly(one.finding, only, (tag) => tagVerdictOf(one.finding, tag, one.aws));
    if (why === undefined) return undefined;
    one.mode = "plan";
    one.notes.unshift(why);
    return undefined;
  };

  const mayFix: Check = ({ mode, plan }) => (mode === "plan" ? { outcome: "planned", plan } : undefined);

  const untilWhen = () =>
    `until ${shownMoment(approvalEndOf(new Date(now()).toISOString(), settings.approvalHours))}`;

  /** Only the calls that a person has seen and said yes to are made, unless they are made without a yes, later. */
  const isApproved: Check = (one) => {
    const { mode, plan, approval, notes } = one;
    if (approval === undefined && mode === "fix") return undefined;
    if (approval === undefined) return { outcome: "awaiting-approval", plan, reason: untilWhen() };
    if (approval.plan === hashOfCalls(plan?.calls)) {
      notes.push(`approved by ${approval.by}: ${approval.why}`);
      return undefined;
    }
    const changed = `the state has changed, and other calls would fix it now than ${approval.by} approved`;
    if (mode === "fix" && settings.fix !== undefined) {
      one.approval = undefined;
      notes.push(changed);
      return undefined;
    }
    return {
      outcome: "awaiting-approval",
      plan,
      reason: `${changed}: look at them, and approve again, ${untilWhen()}`,
    };
  };

  /** A fix that need not be made at once leaves people the time to say no. */
  const isDue: Check = ({ finding, mode, plan, approval, fixAt, notes }) => {
    if (mode !== "fix" || approval !== undefined) return undefined;
    if (fixAt !== undefined && Date.parse(fixAt) <= now()) {
      notes.push(`the fix was announced for ${shownMoment(fixAt)}`);
      return undefined;
    }
    if (settings.fix === undefined || settings.fix.immediately.includes(finding.severity)) return undefined;
    const { record, match, source } = finding;
    if (!isKept({ record, match, source })) {
      notes.push("its record is too large to be kept for a later fix");
      return undefined;
    }
    const at = fixAt ?? fixAtOf(now(), settings.fix.afterMinutes);
    const reason = `the fix waits until ${shownMoment(at)}, so that somebody can deny it`;
    return { outcome: "delayed", plan, fixAt: at, reason };
  };

  const endsLoop: Check = async ({ finding, plan }) => {
    const rounds = await loops.roundsBefore(finding);
    if (rounds < maxRounds) return undefined;
    return {
      outcome: "refused",
      plan,
      reason: `${finding.actor.name} did this again after ${rounds} fixes: a person must end this remediation loop`,
      severity: raised[finding.severity],
    };
  };

  // Last, so that findings left alone for another reason do not count.
  const breakersAreClosed: Check = async ({ finding, plan }) => {
    const reason = await breakers.whyOpen(finding);
    return reason === undefined ? undefined : { outcome: "refused", plan, reason };
  };

  const checks: Check[] = [
    trusted,
    ownPartsAreDeclared,
    notRolledBack,
    notExcepted,
    modeAllows,
    hasRemediation,
    isFit,
    hasPlan,
    isCovered,
    mayFix,
    isApproved,
    isDue,
    endsLoop,
    breakersAreClosed,
  ];

  const decide: Decide["decide"] = async (finding, aws, { approval, fixAt } = {}) => {
    const one: Case = { finding, aws, approval, fixAt, mode: "alert", notes: [] };
    for (const check of checks) {
      const result = await check(one);
      if (result !== undefined) return noted(result, one.notes);
    }
    if (one.plan === undefined)
      throw new Error(`expected a plan for ${finding.id} after all checks, found none`);
    return noted({ plan: one.plan }, one.notes);
  };

  const whatIsLeft: Decide["whatIsLeft"] = async (finding, aws, made) => {
    const remediation = remediationOf.get(finding.detection.id);
    if (remediation === undefined) return undefined;
    const { plan } = await planOf(remediation, finding, aws);
    return leftAfter(made, plan, finding.detection);
  };

  return { modeNow, decide, whatIsLeft };
}

/** The decision, with the notes added to its reason. */
function noted(decision: Decision, notes: string[]): Decision {
  const reason = [decision.reason, ...notes].filter((text) => text !== undefined).join("; ");
  return reason === "" ? decision : { ...decision, reason };
}

/** `2026-05-04 10:31 UTC`. @param at ISO or epoch ms */
function shownMoment(at: string | number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Elsewhere, a plan would be carried out in this account, on whatever has the same name here. */
function whyElsewhere(
  { account }: Finding,
  settings: Pick<Settings, "account" | "accounts">,
): string | undefined {
  const here = settings.account;
  if (account === here || isMember(settings, account)) return undefined;
  const where = account === "" ? "an account that the record does not name" : `account ${account}`;
  return `the call was made in ${where}, and only account ${here} can be read from here`;
}

/** A member in which the stack has no role is seen, and not protected. */
function whyUnprotected(
  { account }: Finding,
  { id, writes }: Remediation,
  settings: Pick<Settings, "accounts" | "memberRole">,
): string {
  return (
    `the account ${accountName(settings, account)} is unprotected: the role ${settings.memberRole} cannot be assumed there. ` +
    `With it, ${id} would be fixed by ${writes.join(", ")} (npx cloudtrailer member-template prints the role)`
  );
}

/** Infrastructure as code repeats the call as often as it is fixed. */
function whyAutomated(
  { actor }: Finding,
  { fixAutomation, context }: Pick<Settings, "fixAutomation" | "context">,
): string | undefined {
  if (fixAutomation) return undefined;
  if (actor.invokedBy === "cloudformation.amazonaws.com")
    return "CloudFormation made the call: fix the template, or the change comes back";
  const known = [actor.arn, actor.role?.arn].find(
    (arn) => arn !== undefined && matchesAny(context.automation, arn),
  );
  if (known === undefined) return undefined;
  return `${known}, which is configured as automation, made the call: fix its source, or the change comes back`;
}
