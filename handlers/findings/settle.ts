import type { AlertFacts } from "../alerts/alert";
import type { Fields } from "../cloudtrail/record";
import { problemOf } from "../problem";
import { carryOut } from "../remediations/carry-out";
import { completedUndo } from "../remediations/receipt";
import type { CallAws, NoPlan, Outcome, Plan, Remediation } from "../remediations/remediation";
import type { Settings } from "../settings";
import { whyOnlyAlert } from "./eligibility";
import { verdictOf } from "./exceptions";
import type { Finding } from "./finding";
import { modeOf } from "./mode";
import { undoTokenOf } from "./undo-token";
import type { FindingsStore, Progress } from "./store";

/** How the handling of a finding ended in this invocation. */
export interface Settled {
  finding: Finding;
  /** `duplicate`: another delivery of the same event has told it already. */
  outcome: Outcome | "duplicate";
  reason?: string;
}

/** What the way of a finding is made with. */
export interface SettleDependencies {
  settings: Settings;
  remediations: Remediation[];
  aws: CallAws;
  store: FindingsStore;
  /** Publishes the alert of one finding. */
  tell(facts: AlertFacts): Promise<void>;
  /** Publishes that the breaker of a detection has opened. */
  tellOpened(detection: Finding["detection"]): Promise<void>;
  /** Epoch ms. */
  now(): number;
  /** Resolves after so many ms. */
  pause(ms: number): Promise<void>;
  /** How long this invocation may still run, ms. */
  remaining(): number;
}

/** What was decided about a finding before anything is done: carry out the plan, or leave it at an outcome. */
type Decision = { plan: Plan; outcome?: undefined } | { outcome: Outcome; reason?: string; plan?: Plan };

/**
 * Makes the way of one finding: claim, decide, fix, tell. Each step is written down before the next begins, so that a
 * retry after a crash goes on at the missing one. The order of the checks in `decide` is the order of safety.
 */
export function createSettle(dependencies: SettleDependencies): (finding: Finding) => Promise<Settled> {
  const { settings, aws, store, tell, tellOpened, now, pause, remaining } = dependencies;
  const remediationOf = new Map(
    dependencies.remediations.map((remediation) => [remediation.id, remediation]),
  );

  /** Why the call is a person's own undo of an earlier fix; undefined when it is not. */
  const takenBack = async ({ actor, detection, record }: Finding): Promise<string | undefined> => {
    const token = undoTokenOf(record);
    if (token === undefined) return undefined;
    const permit = await store.undoPermit(token);
    // The token can be read in CloudTrail: it holds for whom it was given, and for what was fixed.
    if (permit === undefined || permit.by !== actor.arn || !permit.finding.endsWith(`#${detection.id}`))
      return undefined;
    return `${permit.by} takes the fix of ${permit.finding} back: ${permit.why}`;
  };

  /** What somebody answers for is told to those alone who want to hear of everything. */
  const mayPass = async (finding: Finding): Promise<boolean> =>
    verdictOf(finding, settings.exceptions, now()).passes === true ||
    (await takenBack(finding)) !== undefined;

  const decide = async (finding: Finding): Promise<Decision> => {
    const { detection } = finding;
    const undone = await takenBack(finding);
    if (undone !== undefined) return { outcome: "refused", reason: undone };
    const mode = modeOf(detection, settings);
    const verdict = verdictOf(finding, settings.exceptions, now());
    if (verdict.passes === "unknown")
      return { outcome: "refused", reason: `the exceptions could not be evaluated: ${verdict.problem}` };
    if (verdict.passes) {
      const { reason, owner, until } = verdict.exception;
      return {
        outcome: "refused",
        reason: `an exception by ${owner} until ${until} lets it pass: ${reason}`,
      };
    }
    if (mode === "alert" || mode === "off") return { outcome: "alerted" };
    const remediation = remediationOf.get(detection.id);
    if (remediation === undefined) return { outcome: "alerted", reason: "no call to AWS undoes this" };

    const ineligible = whyOnlyAlert(finding, settings.maxAgeMinutes, now());
    if (ineligible !== undefined) return { outcome: "refused", reason: ineligible };

    if (finding.actor.invokedBy === "cloudformation.amazonaws.com")
      return {
        outcome: "refused",
        reason: "CloudFormation made the call: mend the template, or it comes again",
      };

    let plan: Plan | NoPlan;
    try {
      plan = await remediation.plan(finding, aws, { settings, baselineOf: store.baselineOf });
    } catch (error) {
      return { outcome: "failed", reason: `unable to read the live state: ${problemOf(error)}` };
    }
    if ("outcome" in plan) return plan;
    if (mode === "plan") return { outcome: "planned", plan };

    // Asked last, so that what is left alone for another reason uses nothing up.
    if (await store.mayFix(detection.id, finding.id, settings.maxFixesPerHour)) return { plan };
    if (await store.firstToSummarize(detection.id)) await tellOpened(detection);
    const most = settings.maxFixesPerHour;
    return {
      outcome: "refused",
      plan,
      reason: `the breaker is open: ${most} fixes by this detection this hour`,
    };
  };

  /** @param again the calls may have been made before a crash; each sets a state, so twice is as good as once */
  const fix = async (plan: Plan, again: boolean): Promise<Progress> => {
    const { answers, failed } = await carryOut(plan.calls, aws);
    // The receipt is complete only now: some of what it needs is in the answers.
    const carriedOut = { ...plan, undo: completedUndo(plan, answers) };
    if (failed !== undefined)
      return { state: "settled", plan: carriedOut, outcome: "failed", reason: failed };
    const ours = again || answers.some((answer) => answer !== undefined);
    return ours
      ? { state: "settled", plan: carriedOut, outcome: "fixed" }
      : { state: "settled", outcome: "already-ok", reason: "somebody else undid it at the same time" };
  };

  /** Claims the finding, or waits for whoever holds it: to be done, or to let go of it by dying. */
  const claim = async (finding: Finding): Promise<Progress | undefined> => {
    for (;;) {
      const claimed = await store.claim(finding.id, aboutOf(finding));
      if (claimed.held === "by-us") return claimed.progress;
      if (claimed.held === "done") return undefined;
      const wait = Math.min(1_000, Math.max(50, claimed.until - now()));
      if (remaining() < wait + 2_000)
        throw new Error(
          `expected finding ${finding.id} to be free or done, found it held by another invocation`,
        );
      await pause(wait);
    }
  };

  return async (finding) => {
    const progress = await claim(finding);
    if (progress === undefined) return { finding, outcome: "duplicate" };
    let { state, plan, outcome, reason } = progress;

    if (state === "claimed") {
      const decision: Decision = await decide(finding);
      ({ plan, outcome } = decision);
      reason = "reason" in decision ? decision.reason : undefined;
      state = outcome === undefined ? "fixing" : "settled";
      const { record, match, source } = finding;
      const basis = plan === undefined ? undefined : { record, match, source };
      await store.save(finding.id, { state, plan, outcome, reason, basis });
    }
    if (state === "fixing" && plan !== undefined) {
      const fixed = await fix(plan, progress.state === "fixing");
      await store.save(finding.id, fixed);
      ({ plan = plan, outcome, reason } = fixed);
    }
    if (outcome === undefined)
      throw new Error(`expected finding ${finding.id} to have an outcome, found it ${state} without a plan`);
    const facts: AlertFacts = { finding, outcome, seenAt: now() };
    if (reason !== undefined) facts.reason = reason;
    if (plan !== undefined) facts.plan = plan;
    if (await mayPass(finding)) facts.severity = "info";
    await tell(facts);
    await store.save(finding.id, { state: "told" });
    return reason === undefined ? { finding, outcome } : { finding, outcome, reason };
  };
}

/** What the table says about a finding, for those who list it. */
function aboutOf(finding: Finding): Fields {
  const { detection, severity, title, account, region, actor, record, match, source } = finding;
  return {
    detection: detection.id,
    severity,
    title,
    account,
    region,
    actor: actor.arn ?? actor.name,
    event: record.eventName,
    eventTime: record.eventTime,
    resources: match.resources,
    source,
  };
}
