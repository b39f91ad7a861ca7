import type { CallAws } from "../aws/call";
import { carryOut } from "../aws/carry-out";
import { withPatience } from "../aws/retries";
import type { Finding } from "../detections/finding";
import type { Fields } from "../json";
import { problemOfCall } from "../problem";
import { completedRollback } from "../remediations/receipt";
import type { Plan } from "../remediations/remediation";
import { createDecide, type DecideDependencies } from "./decide";
import { whyOnlyAlert } from "./eligibility";
import { collisionOf, identityOf, sameIdentity } from "./identity";
import type { OwnPlans } from "./own-plans";
import type { RemediationLoops } from "./remediation-loops";
import type { ResourceLocks } from "./resource-locks";
import type { Outcome, Result } from "./result";
import type { Mode } from "../settings";
import { type Claim, type FindingsStore, keptResources, type Progress, type State } from "./store";

/** How long a fix waits for what AWS says is busy, ms: AWS's own changes mostly take seconds, some minutes. */
const maxBusyMs = 90_000;

/** How much of an invocation is kept for writing down and reporting what came of a fix, ms. */
const toReportMs = 15_000;

/** How often the live state is read after a fix, and how long to wait in between, ms: reads may be behind writes. */
const maxLooks = 4;
const betweenLooksMs = 1_500;

/** How the handling of a finding ended in this invocation. */
export interface Handled {
  finding: Finding;
  /**
   * `duplicate`: another delivery of the same event has been alerted already. `off`: the switch is off for this detection,
   * so that it is neither kept nor alerted.
   */
  outcome: Outcome | "duplicate" | "off";
  reason?: string;
}

/** A finding that is worked on, and what extends the locks on what it is about. */
interface Held {
  finding: Finding;
  extend(): Promise<void>;
}

/** What is known when an alert is published. */
export interface Alertable {
  finding: Finding;
  result: Result;
  /** Epoch ms. */
  seenAt: number;
  /** An earlier try decided the same and may have published it: the process died before it could write that down. */
  mayRepeat?: boolean;
}

/** What the handling of a finding is made with. */
export interface HandleDependencies extends DecideDependencies {
  aws: CallAws;
  store: FindingsStore;
  loops: RemediationLoops;
  locks: ResourceLocks;
  ownPlans: Pick<OwnPlans, "note">;
  /** Publishes the alert of one finding, or gathers it for a summary that has yet to be published. */
  alert(alertable: Alertable): Promise<"published" | "gathered">;
  /** Resolves after so many ms. */
  pause(ms: number): Promise<void>;
  /** How long this invocation may still run, ms. */
  remaining(): number;
}

/**
 * Makes the handling of one finding: claim, decide, fix, alert. Each step is written down before the next begins, so that
 * a retry after a crash goes on at the missing one. A passing error of AWS is no outcome: it is thrown, the claim is let
 * go, and Lambda tries again.
 */
export function createHandle(dependencies: HandleDependencies): (finding: Finding) => Promise<Handled> {
  const { settings, aws, store, loops, locks, ownPlans, alert, now, pause, remaining } = dependencies;
  const { modeNow, decide, whatIsLeft } = createDecide(dependencies);
  const fixable = new Set(dependencies.remediations.map(({ id }) => id));

  /** The calls of one finding, which wait for what is busy, and keep its leases and look at the switch while they do. */
  const patientAws = ({ finding, extend }: Held, state: State) =>
    withPatience(aws, {
      budgetMs: maxBusyMs,
      now,
      pause,
      random: Math.random,
      remaining: () => remaining() - toReportMs,
      beforeRetry: async () => {
        await extend();
        await store.save(finding.id, { state });
        if (state !== "fixing") return undefined;
        const { mode, lowered } = await modeNow(finding);
        return mode === "fix" ? undefined : (lowered ?? `the mode is now ${mode}`);
      },
    });

  /** Why a plan that was decided may no longer be carried out; undefined when it may. @param again after a crash */
  const whyNotNow = async (finding: Finding, again: boolean): Promise<string | undefined> => {
    // Asked once more: somebody may have thrown the switch since the plan was made, or since a crash.
    const { mode, lowered } = await modeNow(finding);
    if (mode !== "fix") return lowered ?? `the mode is now ${mode}`;
    // A notification may come back from the failure queue days later, when the plan is about another time.
    return again ? whyOnlyAlert(finding, settings.maxAgeMinutes, now(), true) : undefined;
  };

  /** What the live state still lacks after a fix, for people; undefined when it is as planned. */
  const leftAfter = async (held: Held, plan: Plan): Promise<string | undefined> => {
    let left: string | undefined;
    for (let look = 1; look <= maxLooks; look++) {
      try {
        left = await whatIsLeft(held.finding, patientAws(held, "fixing"), plan);
      } catch (error) {
        return `the calls succeeded, but the live state could not be read afterwards: ${problemOfCall(error)}`;
      }
      if (left === undefined) return undefined;
      if (look < maxLooks && remaining() > toReportMs + betweenLooksMs) await pause(betweenLooksMs);
    }
    return `the calls succeeded, but the live state is not as planned: ${left}`;
  };

  /** @param again the calls may have been made before a crash; each sets a state, so twice is as good as once */
  const fix = async (held: Held, plan: Plan, again: boolean): Promise<Result> => {
    const { finding } = held;
    const withheld = await whyNotNow(finding, again);
    const earlier = again ? "; an earlier try may have made some of the calls" : "";
    if (withheld !== undefined) return { outcome: "refused", plan, reason: `${withheld}${earlier}` };
    // Before the first call: its record must not be taken for somebody else's.
    await ownPlans.note(finding.id, plan);
    const { answers, failed } = await carryOut(plan.calls, patientAws(held, "fixing"), { again });
    // The receipt is complete only now: some of what it needs is in the answers.
    const carriedOut = { ...plan, rollback: completedRollback(plan, answers) };
    if (failed !== undefined) return { outcome: "failed", plan: carriedOut, reason: `${failed}${earlier}` };
    if (!answers.some((answer) => answer !== undefined))
      return { outcome: "already-ok", reason: "somebody else reverted it at the same time" };
    await loops.note(finding);
    const left = await leftAfter(held, plan);
    const fixed: Result = { outcome: "fixed", plan: carriedOut };
    return left === undefined ? fixed : { ...fixed, reason: left };
  };

  /** Claims the finding, or waits for whoever holds it: to be done, or to let go of it by dying. */
  const claim = async (finding: Finding): Promise<Claim & { held: "by-us" | "done" }> => {
    for (;;) {
      const claimed = await store.claim(finding.id, aboutOf(finding), identityOf(finding));
      if (claimed.held !== "by-another") return claimed;
      const wait = Math.min(1_000, Math.max(50, claimed.until - now()));
      if (remaining() < wait + 2_000)
        throw new Error(`finding ${finding.id} is still locked by another invocation`);
      await pause(wait);
    }
  };

  /** From the claim to the outcome, each step written down. */
  const decided = async (held: Held, progress: Progress): Promise<Result> => {
    const { finding } = held;
    let { state, plan, outcome, reason, severity } = progress;
    if (state === "claimed") {
      const decision = await decide(finding, patientAws(held, "claimed"));
      ({ plan, outcome, reason, severity } = { reason: undefined, severity: undefined, ...decision });
      state = outcome === undefined ? "fixing" : "decided";
      const { record, match, source } = finding;
      const basis = plan === undefined ? undefined : { record, match, source };
      await store.save(finding.id, { state, plan, outcome, reason, severity, basis });
    }
    if (state === "fixing" && plan !== undefined) {
      const fixed = await fix(held, plan, progress.state === "fixing");
      // What the decision had to say belongs in the alert as well.
      const reasons = [fixed.reason, reason].filter((text) => text !== undefined);
      if (reasons.length > 0) fixed.reason = reasons.join("; ");
      if (severity !== undefined) fixed.severity = severity;
      await store.save(finding.id, { state: "decided", ...fixed });
      return fixed;
    }
    if (outcome === undefined)
      throw new Error(`expected finding ${finding.id} to have an outcome, found it ${state} without a plan`);
    return known({ state, outcome, reason, plan, severity });
  };

  /** The result; what may be fixed is planned and fixed while nobody else works on the same things. */
  const resultOf = async (finding: Finding, progress: Progress, mode: Mode): Promise<Result> =>
    mode === "fix" && progress.state !== "decided" && fixable.has(finding.detection.id)
      ? locks.hold(finding, (extend) => decided({ finding, extend }, progress))
      : decided({ finding, extend: async () => undefined }, progress);

  const handle = async (finding: Finding): Promise<Handled> => {
    const { mode, lowered: off } = await modeNow(finding);
    if (mode === "off")
      return off === undefined ? { finding, outcome: "off" } : { finding, outcome: "off", reason: off };
    const claimed = await claim(finding);
    if (!sameIdentity(claimed.identity, identityOf(finding))) return handle(collisionOf(finding));
    if (claimed.held === "done") return { finding, outcome: "duplicate" };
    const { progress } = claimed;
    try {
      const result = await resultOf(finding, progress, mode);
      const alertable: Alertable = { finding, result, seenAt: now() };
      if (progress.state === "decided") alertable.mayRepeat = true;
      // What is gathered is done when its summary is out.
      if ((await alert(alertable)) === "published") await store.save(finding.id, { state: "done" });
      const { outcome, reason } = result;
      return reason === undefined ? { finding, outcome } : { finding, outcome, reason };
    } catch (error) {
      await letGo(store, finding.id);
      throw new Error(`finding ${finding.id}: ${problemOfCall(error)}`, { cause: error });
    }
  };
  return handle;
}

/** Ends the claim of a finding that stays open. Where that fails as well, the claim ends with its lease. */
async function letGo(store: FindingsStore, id: string): Promise<void> {
  await store.release(id).catch(() => undefined);
}

/** Without what is undefined. */
function known({ outcome, reason, plan, severity }: Progress & { outcome: Outcome }): Result {
  const result: Result = { outcome };
  if (reason !== undefined) result.reason = reason;
  if (plan !== undefined) result.plan = plan;
  if (severity !== undefined) result.severity = severity;
  return result;
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
