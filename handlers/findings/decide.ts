import type { CallAws } from "../aws/call";
import { isPassing } from "../aws/retries";
import { eventOf } from "../cloudtrail/record";
import { leavingNoTrace, ownPartChanged } from "../detections/own/own-part-changed";
import type { Finding } from "../detections/finding";
import { modeOf } from "../mode";
import { matchesAny } from "../pattern";
import { problemOfCall } from "../problem";
import type { NoPlan, Plan, Remediation } from "../remediations/remediation";
import type { Mode, Settings, Severity } from "../settings";
import type { Breakers } from "./breaker";
import { whyOnlyAlert } from "./eligibility";
import { verdictOf } from "./exceptions";
import { type CeilingOf, lowered } from "./mode-switch";
import { maxRounds, type RemediationLoops } from "./remediation-loops";
import type { Result } from "./result";
import { permits } from "./rollback-permit";
import { rollbackTokenOf } from "./rollback-token";
import { bytesOf, type FindingsStore, maxPlan } from "./store";
import { tagVerdictOf } from "./tags";

/** What was decided about a finding before anything is done: carry out the plan, or leave it at a result. */
export type Decision = { plan: Plan; outcome?: undefined; reason?: string; severity?: Severity } | Result;

/** What is asked for a decision. */
export interface DecideDependencies {
  settings: Settings;
  remediations: Remediation[];
  store: Pick<FindingsStore, "rollbackPermit">;
  breakers: Breakers;
  /** How something was before a finding's event, by its key; undefined when that is not known. */
  baselineBefore(finding: Finding, key: string): Promise<unknown>;
  ceilingOf: CeilingOf;
  /** What of this system's own parts is not as the last deployment left it, for people. */
  ownPartsDiffer(): Promise<string[]>;
  loops: Pick<RemediationLoops, "roundsBefore">;
  /** Epoch ms. */
  now(): number;
}

/** The mode of a finding at this moment, and why it is lower than the stack's configuration has it. */
export interface ModeNow {
  mode: Mode;
  lowered?: string;
}

/** Decides about findings. All of it throws a passing error of AWS, which is no outcome. */
export interface Decide {
  modeNow(finding: Finding): Promise<ModeNow>;
  /** @param aws reads the live state */
  decide(finding: Finding, aws: CallAws): Promise<Decision>;
  /** What a fix would do about a finding now, in one sentence; undefined when nothing is left to do. */
  whatIsLeft(finding: Finding, aws: CallAws): Promise<string | undefined>;
}

/** One step up, for what is worse than the detection alone can know. */
const raised: Record<Severity, Severity> = {
  info: "low",
  low: "medium",
  medium: "high",
  high: "critical",
  critical: "critical",
};

/** What the checks of one finding hand on to each other. */
interface Case {
  finding: Finding;
  aws: CallAws;
  /** The mode of this moment; set by the check of the mode. */
  mode: Mode;
  /** What the alert should say besides the outcome's own reason. */
  notes: string[];
  remediation?: Remediation;
  plan?: Plan;
}

/** Ends the decision with a result, or hands on to the next check. */
type Check = (one: Case) => Promise<Result | undefined> | Result | undefined;

/**
 * Makes what decides about a finding. The order of the checks is the order of safety (docs/safety.md): each either ends
 * with an outcome that says why nothing is done, or hands on to the next.
 */
export function createDecide(dependencies: DecideDependencies): Decide {
  const { settings, store, breakers, baselineBefore, ceilingOf, ownPartsDiffer, loops, now } = dependencies;
  const remediationOf = new Map(
    dependencies.remediations.map((remediation) => [remediation.id, remediation]),
  );

  const modeNow = async ({ detection }: Finding): Promise<ModeNow> => {
    const configured = modeOf(detection, settings);
    const ceiling = await ceilingOf(detection.id);
    const mode = lowered(configured, ceiling);
    if (ceiling === undefined || mode === configured) return { mode };
    const until = ceiling.until === undefined ? "" : ` until ${ceiling.until}`;
    return { mode, lowered: `the switch stands at ${mode}${until}, set by ${ceiling.by}: ${ceiling.why}` };
  };

  const planOf = (remediation: Remediation, finding: Finding, aws: CallAws): Promise<Plan | NoPlan> =>
    remediation.plan(finding, aws, { settings, baselineOf: (key) => baselineBefore(finding, key) });

  const trusted: Check = ({ finding: { suspect } }) =>
    suspect === undefined ? undefined : { outcome: "refused", reason: suspect, severity: "critical" };

  /** A change of an own part is judged by what is there afterwards, not by who made it: no exception lets it pass. */
  const ownPartsAreDeclared: Check = async ({ finding }) => {
    if (finding.detection.id !== ownPartChanged.id) return undefined;
    const differences = await ownPartsDiffer();
    if (differences.length === 0 && leavingNoTrace.includes(eventOf(finding.record)))
      return { outcome: "alerted", reason: "such a call leaves nothing behind by which it could be judged" };
    if (differences.length === 0)
      return {
        outcome: "alerted",
        severity: "info",
        reason: "every part of this system is as the last deployment left it",
      };
    const reason = `not as the last deployment left it: ${differences.join("; ")}. Run \`pulumi up --refresh\``;
    return { outcome: "alerted", reason };
  };

  /** A person's own rollback of an earlier fix is not fixed again. */
  const notRolledBack: Check = async ({ finding }) => {
    const token = rollbackTokenOf(finding.record);
    if (token === undefined) return undefined;
    const permit = await store.rollbackPermit(token);
    if (permit === undefined || !permits(permit, finding)) return undefined;
    const reason = `${permit.by} is rolling back the fix of ${permit.finding}: ${permit.why}`;
    return { outcome: "refused", reason, severity: "info" };
  };

  /** What somebody answers for is alerted only to those who want to hear of everything. */
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
      reason: `an exception by ${owner} until ${until} lets it pass: ${reason}`,
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
      reason: "there is no fix for this detection: the next steps are for a person",
    };
  };

  const isFit: Check = ({ finding, remediation }) => {
    const reason =
      whyOnlyAlert(finding, settings.maxAgeMinutes, now(), remediation?.containsActor) ??
      whyElsewhere(finding, settings.account) ??
      whyAutomated(finding, settings);
    return reason === undefined ? undefined : { outcome: "refused", reason };
  };

  const hasPlan: Check = async (one) => {
    const { finding, aws, remediation } = one;
    if (remediation === undefined) return undefined;
    try {
      const plan = await planOf(remediation, finding, aws);
      if ("outcome" in plan) return plan;
      one.plan = plan;
    } catch (error) {
      if (isPassing(error)) throw error;
      return { outcome: "failed", reason: `unable to read the live state: ${problemOfCall(error)}` };
    }
    const { calls, summary } = one.plan;
    const bytes = bytesOf(JSON.stringify(one.plan));
    if (bytes <= maxPlan) return undefined;
    return {
      outcome: "refused",
      reason: `the plan (${calls.length} calls, ${bytes} bytes) is larger than the ${maxPlan} bytes that are kept of one, so it could not be rolled back: ${summary.slice(0, 500)}`,
    };
  };

  const mayFix: Check = ({ mode, plan }) => (mode === "plan" ? { outcome: "planned", plan } : undefined);

  const endsLoop: Check = async ({ finding, plan }) => {
    const rounds = await loops.roundsBefore(finding);
    if (rounds < maxRounds) return undefined;
    return {
      outcome: "refused",
      plan,
      reason: `${finding.actor.name} did this again after it was fixed ${rounds} times: it takes a person to end this remediation loop`,
      severity: raised[finding.severity],
    };
  };

  // Asked last, so that what is left alone for another reason uses nothing up.
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
    mayFix,
    endsLoop,
    breakersAreClosed,
  ];

  const decide = async (finding: Finding, aws: CallAws): Promise<Decision> => {
    const one: Case = { finding, aws, mode: "alert", notes: [] };
    for (const check of checks) {
      const result = await check(one);
      if (result !== undefined) return noted(result, one.notes);
    }
    if (one.plan === undefined)
      throw new Error(`expected a plan for ${finding.id} after all checks, found none`);
    return noted({ plan: one.plan }, one.notes);
  };

  const whatIsLeft = async (finding: Finding, aws: CallAws): Promise<string | undefined> => {
    const remediation = remediationOf.get(finding.detection.id);
    if (remediation === undefined) return undefined;
    const plan = await planOf(remediation, finding, aws);
    return "outcome" in plan ? undefined : plan.summary;
  };

  return { modeNow, decide, whatIsLeft };
}

/** A decision whose reason has the notes as well. */
function noted(decision: Decision, notes: string[]): Decision {
  const reason = [decision.reason, ...notes].filter((text) => text !== undefined).join("; ");
  return reason === "" ? decision : { ...decision, reason };
}

/** A plan would be carried out here, on whatever has the same name. */
function whyElsewhere({ account }: Finding, here: string): string | undefined {
  if (account === here) return undefined;
  const where = account === "" ? "an account that the record does not name" : `the account ${account}`;
  return `the call was made in ${where}, and only ${here} can be looked into from here`;
}

/** Infrastructure as code makes the same call again as often as it is fixed. */
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
