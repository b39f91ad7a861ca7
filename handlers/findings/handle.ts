import type { CallAws } from "../aws/call";
import type { Fields } from "../json";
import type { AlertFacts } from "../alerts/alert";
import { carryOut } from "../aws/carry-out";
import { completedRollback } from "../remediations/receipt";
import type { Outcome, Plan } from "../remediations/remediation";
import { withPatience } from "../aws/retries";
import { createDecide, type DecideDependencies } from "./decide";
import { whyOnlyAlert } from "./eligibility";
import type { RemediationLoops } from "./remediation-loops";
import type { Finding } from "../detections/finding";
import { type FindingsStore, keptResources, type Progress, type State } from "./store";

/** How long a fix waits for what AWS says is busy, ms: AWS's own changes mostly take seconds, some minutes. */
const maxBusyMs = 90_000;

/** How much of an invocation is kept for writing down and telling what came of a fix, ms. */
const toReportMs = 15_000;

/** How the handling of a finding ended in this invocation. */
export interface Handled {
  finding: Finding;
  /**
   * `duplicate`: another delivery of the same event has told it already. `off`: the switch is off for this detection,
   * so that it is neither kept nor told.
   */
  outcome: Outcome | "duplicate" | "off";
  reason?: string;
}

/** What the way of a finding is made with. */
export interface HandleDependencies extends DecideDependencies {
  aws: CallAws;
  store: FindingsStore;
  loops: RemediationLoops;
  /** Publishes the alert of one finding. */
  tell(facts: AlertFacts): Promise<void>;
  /** Resolves after so many ms. */
  pause(ms: number): Promise<void>;
  /** How long this invocation may still run, ms. */
  remaining(): number;
}

/**
 * Makes the way of one finding: claim, decide, fix, tell. Each step is written down before the next begins, so that a
 * retry after a crash goes on at the missing one.
 */
export function createHandle(dependencies: HandleDependencies): (finding: Finding) => Promise<Handled> {
  const { settings, aws, store, loops, tell, now, pause, remaining } = dependencies;
  const { modeNow, decide } = createDecide(dependencies);

  /** The calls of one finding, which wait for what is busy, and keep its lease and look at the switch while they do. */
  const patientAws = (finding: Finding, state: State) =>
    withPatience(aws, {
      budgetMs: maxBusyMs,
      now,
      pause,
      random: Math.random,
      remaining: () => remaining() - toReportMs,
      beforeRetry: async () => {
        await store.save(finding.id, { state });
        if (state !== "fixing") return undefined;
        const { mode, lowered } = await modeNow(finding);
        return mode === "fix" ? undefined : (lowered ?? `the mode is ${mode} by now`);
      },
    });

  /** @param again the calls may have been made before a crash; each sets a state, so twice is as good as once */
  const fix = async (finding: Finding, plan: Plan, again: boolean): Promise<Progress> => {
    // Asked once more: somebody may have thrown the switch since the plan was made, or since a crash.
    const { mode, lowered } = await modeNow(finding);
    if (mode !== "fix") {
      const look = again ? "; an earlier try may have made some of the calls" : "";
      const reason = `${lowered ?? `the mode is ${mode} by now`}${look}`;
      return { state: "settled", outcome: "refused", reason };
    }
    // A notification may come back from the failure queue days later, when the plan is about another time.
    const late = again ? whyOnlyAlert(finding, settings.maxAgeMinutes, now(), true) : undefined;
    if (late !== undefined) {
      const reason = `${late}; an earlier try may have made some of the calls`;
      return { state: "settled", outcome: "refused", reason };
    }
    const { answers, failed } = await carryOut(plan.calls, patientAws(finding, "fixing"));
    // The receipt is complete only now: some of what it needs is in the answers.
    const carriedOut = { ...plan, rollback: completedRollback(plan, answers) };
    if (failed !== undefined)
      return { state: "settled", plan: carriedOut, outcome: "failed", reason: failed };
    const ours = again || answers.some((answer) => answer !== undefined);
    if (!ours)
      return { state: "settled", outcome: "already-ok", reason: "somebody else undid it at the same time" };
    await loops.note(finding);
    return { state: "settled", plan: carriedOut, outcome: "fixed" };
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
    const { mode, lowered: off } = await modeNow(finding);
    if (mode === "off")
      return off === undefined ? { finding, outcome: "off" } : { finding, outcome: "off", reason: off };
    const progress = await claim(finding);
    if (progress === undefined) return { finding, outcome: "duplicate" };
    let { state, plan, outcome, reason, severity } = progress;

    if (state === "claimed") {
      const decision = await decide(finding, patientAws(finding, "claimed"));
      ({ plan, outcome, reason, severity } = { reason: undefined, severity: undefined, ...decision });
      state = outcome === undefined ? "fixing" : "settled";
      const { record, match, source } = finding;
      const basis = plan === undefined ? undefined : { record, match, source };
      await store.save(finding.id, { state, plan, outcome, reason, severity, basis });
    }
    if (state === "fixing" && plan !== undefined) {
      const fixed = await fix(finding, plan, progress.state === "fixing");
      // What the decision had to say is to be told as well.
      const said = [fixed.reason, reason].filter((text) => text !== undefined);
      if (said.length > 0) fixed.reason = said.join("; ");
      await store.save(finding.id, fixed);
      ({ plan = plan, outcome, reason } = fixed);
    }
    if (outcome === undefined)
      throw new Error(`expected finding ${finding.id} to have an outcome, found it ${state} without a plan`);
    const facts: AlertFacts = { finding, outcome, seenAt: now() };
    if (reason !== undefined) facts.reason = reason;
    if (plan !== undefined) facts.plan = plan;
    if (severity !== undefined) facts.severity = severity;
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
    resources: keptResources(match.resources),
    source,
  };
}
