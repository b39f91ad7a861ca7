import type { CallAws } from "../aws/call";
import { carryOut } from "../aws/carry-out";
import { isMember } from "../accounts";
import { inAccount } from "../aws/members";
import { withPatience } from "../aws/retries";
import { type Finding, pathOf } from "../detections/finding";
import { problemOfCall } from "../problem";
import { completedRollback } from "../remediations/receipt";
import type { Plan } from "../remediations/remediation";
import type { Approval } from "./approval";
import { createDecide, type DecideDependencies, type ModeNow } from "./decide";
import { whyOnlyAlert } from "./eligibility";
import { collisionOf, identityOf, sameIdentity } from "./identity";
import type { OwnPlans } from "./own-plans";
import type { RemediationLoops } from "./remediation-loops";
import type { ResourceLocks } from "./resource-locks";
import type { Outcome, Result } from "./result";
import type { Mode, Settings } from "../settings";
import { type About, seenOf } from "./paths";
import {
  type Claim,
  type FindingBasis,
  type FindingsStore,
  keptResources,
  type Progress,
  resultOfProgress,
  type State,
} from "./store";
import type { Delays } from "./delays";
import type { Waiting } from "./waiting";

/** How long a fix waits for a busy resource, in ms. AWS's own changes usually take seconds, some take minutes. */
const maxBusyMs = 90_000;

/** Time reserved in an invocation for recording and alerting the outcome of a fix, in ms. */
const toReportMs = 15_000;

/** How often the live state is read after a fix, and the pause in between, in ms: reads may lag behind writes. */
const maxLooks = 4;
const betweenLooksMs = 1_500;

/** What a reason ends with if it is unknown what came of an earlier attempt. */
const madeEarlier = "; an earlier attempt may have made some of the calls";

/** How the handling of a finding ended in this invocation. */
export interface Handled {
  finding: Finding;
  /**
   * `duplicate`: another delivery of the same event has already been alerted. `waits`: the event lacks what a fix may need,
   * and the log file will have it.
   */
  outcome: Outcome | "duplicate" | "waits";
  reason?: string;
}

/** A finding that is being handled, and the extension of the locks on its resources. */
interface Held {
  finding: Finding;
  /** A person's yes to its fix. */
  approval: Approval | undefined;
  /** When its delayed fix was announced to be made, ISO. */
  fixAt: string | undefined;
  extend(): Promise<void>;
}

/** What is known when an alert is published. */
export interface Alertable {
  finding: Finding;
  result: Result;
  /** Epoch ms. */
  seenAt: number;
  /** An earlier attempt decided the same and may have published it, but died before it could record that. */
  mayRepeat?: boolean;
}

/** What handling a finding needs. */
export interface HandleDependencies extends DecideDependencies {
  aws: CallAws;
  store: FindingsStore;
  loops: RemediationLoops;
  locks: ResourceLocks;
  ownPlans: Pick<OwnPlans, "note">;
  waiting: Pick<Waiting, "note">;
  delays: Pick<Delays, "note">;
  /** Publishes the alert of one finding, or gathers it for a later summary. */
  alert(alertable: Alertable): Promise<"published" | "gathered">;
  /** Resolves after the given ms. */
  pause(ms: number): Promise<void>;
  /** How long this invocation may still run, in ms. */
  remaining(): number;
}

/**
 * Creates the handling of one finding: claim, decide, fix, alert. Each step is recorded before the next begins, so a retry
 * after a crash resumes at the missing step. A passing error of AWS is not an outcome: it is thrown, the claim is
 * released, and Lambda tries again.
 */
export function createHandle(dependencies: HandleDependencies): (finding: Finding) => Promise<Handled> {
  const {
    settings,
    aws,
    store,
    loops,
    locks,
    ownPlans,
    waiting,
    delays,
    noteReverted,
    alert,
    now,
    pause,
    remaining,
  } = dependencies;
  const { modeNow, decide, whatIsLeft } = createDecide(dependencies);
  const fixable = new Set(dependencies.remediations.map(({ id }) => id));

  /** AWS calls for one finding, which wait while a resource is busy, keep its leases, and check the switch meanwhile. */
  const patientAws = ({ finding, approval, extend }: Held, state: State) =>
    withPatience(isMember(settings, finding.account) ? inAccount(aws, finding.account) : aws, {
      budgetMs: maxBusyMs,
      now,
      pause,
      random: Math.random,
      remaining: () => remaining() - toReportMs,
      beforeRetry: async () => {
        await extend();
        await store.extend(finding.id);
        if (state !== "fixing") return undefined;
        return whyNotIn(await modeNow(finding), approval);
      },
    });

  /** Why a decided plan may no longer be carried out; undefined if it may. @param again after a crash */
  const whyNotNow = async ({ finding, approval }: Held, again: boolean): Promise<string | undefined> => {
    // Checked again: somebody may have thrown the switch since the plan was made, or since a crash.
    const why = whyNotIn(await modeNow(finding), approval);
    if (why !== undefined || !again || approval !== undefined) return why;
    // A notification may come back from the failure queue days later, when the plan is out of date.
    return whyOnlyAlert(finding, settings.maxAgeMinutes, now(), true);
  };

  /** What is left to do after a fix, for people; undefined if the live state is as planned. */
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

  /** Of a rejected call that an earlier attempt may have made, the live state decides. */
  const afterLostAnswer = async (
    held: Held,
    plan: Plan,
    carriedOut: Plan,
    failed: string,
  ): Promise<Result> => {
    const aws = patientAws(held, "fixing");
    const left = await whatIsLeft(held.finding, aws, plan).catch((error: unknown) => problemOfCall(error));
    const reason = `${failed}${madeEarlier}`;
    if (left !== undefined) return { outcome: "failed", plan: carriedOut, reason };
    const rollback = completedRollback(
      plan,
      plan.calls.map(() => ({})),
    );
    return {
      outcome: "fixed",
      plan: { ...plan, rollback },
      reason: `${reason}, and the live state is as planned`,
    };
  };

  /** @param again the calls may have been made before a crash; each sets a state, so repeating them is safe */
  const fix = async (held: Held, plan: Plan, again: boolean): Promise<Result> => {
    const { finding } = held;
    const withheld = await whyNotNow(held, again);
    if (withheld !== undefined)
      return { outcome: "refused", plan, reason: `${withheld}${again ? madeEarlier : ""}` };
    // Before the first call, so that its record is not taken for somebody else's.
    await ownPlans.note(finding.id, plan);
    const { answers, failed, mayBeMade } = await carryOut(plan.calls, patientAws(held, "fixing"), { again });
    // Only now is the receipt complete: it needs some of the answers.
    const carriedOut = { ...plan, rollback: completedRollback(plan, answers) };
    if (failed !== undefined && mayBeMade) return afterLostAnswer(held, plan, carriedOut, failed);
    if (failed !== undefined) return { outcome: "failed", plan: carriedOut, reason: failed };
    if (!answers.some((answer) => answer !== undefined))
      return { outcome: "already-ok", reason: "somebody else reverted it at the same time" };
    await loops.note(finding);
    const left = await leftAfter(held, plan);
    if (left === undefined && isReversal(finding, plan)) await noteReverted(finding, plan.baselines ?? []);
    const fixed: Result = { outcome: "fixed", plan: carriedOut };
    return left === undefined ? fixed : { ...fixed, reason: left };
  };

  /** Claims the finding, or waits for its holder to finish, or to lose it by dying. */
  const claim = async (finding: Finding): Promise<Claim & { held: "by-us" | "done" }> => {
    for (;;) {
      const claimed = await store.claim(finding.id, aboutOf(finding, settings, now()), identityOf(finding));
      if (claimed.held !== "by-another") return claimed;
      const wait = Math.min(1_000, Math.max(50, claimed.until - now()));
      if (remaining() < wait + 2_000)
        throw new Error(`finding ${finding.id} is still locked by another invocation`);
      await pause(wait);
    }
  };

  /** Before the outcome is recorded: what is noted in vain is passed over later. */
  const noteWaiting = async ({ id }: Finding, { outcome, fixAt }: Partial<Result>): Promise<void> => {
    if (outcome === "awaiting-approval") await waiting.note(id);
    if (outcome === "delayed" && fixAt !== undefined) await delays.note(id, fixAt);
  };

  /** From the claim to the outcome, each step recorded. */
  const decided = async (held: Held, progress: Progress): Promise<Result> => {
    const { finding } = held;
    let { state, plan, outcome, reason, severity, fixAt } = progress;
    if (state === "claimed") {
      const decision: Partial<Result> = await decide(finding, patientAws(held, "claimed"), held);
      ({ plan, outcome, reason, severity, fixAt } = decision);
      state = outcome === undefined ? "fixing" : "decided";
      const basis = basisOf(finding, plan);
      await noteWaiting(finding, decision);
      await store.save(finding.id, { state, plan, outcome, reason, severity, fixAt, basis });
    }
    if (state === "fixing" && plan !== undefined) {
      const fixed = await fix(held, plan, progress.state === "fixing");
      // The notes of the decision belong in the alert, too.
      const reasons = [fixed.reason, reason].filter((text) => text !== undefined);
      if (reasons.length > 0) fixed.reason = reasons.join("; ");
      if (severity !== undefined) fixed.severity = severity;
      await store.save(finding.id, { state: "decided", ...fixed });
      return fixed;
    }
    if (outcome === undefined)
      throw new Error(`expected finding ${finding.id} to have an outcome, found it ${state} without a plan`);
    return resultOfProgress({ state, outcome, reason, plan, severity, fixAt });
  };

  /** The result. A finding that may be fixed is planned and fixed while nobody else works on the same resources. */
  const resultOf = async (finding: Finding, progress: Progress, mode: Mode): Promise<Result> => {
    const { approval, fixAt, state } = progress;
    const mayFix = whyNotIn({ mode }, approval) === undefined;
    return mayFix && state !== "decided" && fixable.has(finding.detection.id)
      ? locks.hold(finding, (extend) => decided({ finding, approval, fixAt, extend }, progress))
      : decided({ finding, approval, fixAt, extend: async () => undefined }, progress);
  };

  const handle = async (finding: Finding): Promise<Handled> => {
    const { mode } = await modeNow(finding);
    const claimed = await claim(finding);
    // Of many records, another one may be the last that was seen.
    if (!finding.isOfMany && !sameIdentity(claimed.identity, identityOf(finding)))
      return handle(collisionOf(finding));
    if (claimed.held === "done") return { finding, outcome: "duplicate" };
    const { progress } = claimed;
    try {
      const result = await resultOf(finding, progress, mode);
      const alertable: Alertable = { finding, result, seenAt: now() };
      if (progress.state === "decided") alertable.mayRepeat = true;
      // A gathered finding is done when its summary is out.
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

/** Why nothing may be fixed in a mode; undefined if it may. */
function whyNotIn({ mode, lowered }: ModeNow, approval: Approval | undefined): string | undefined {
  const mayFix = mode === "fix" || (mode === "approve" && approval !== undefined);
  return mayFix ? undefined : (lowered ?? `the mode is now ${mode}`);
}

/** What recreates the finding. Without a plan, nobody needs the questions and answers, which may be private. */
function basisOf({ record, match, source }: Finding, plan: Plan | undefined): FindingBasis {
  if (plan !== undefined) return { record, match, source };
  const kept = { ...record };
  delete kept.requestParameters;
  delete kept.responseElements;
  return { record: kept, match, source };
}

/** Whether a plan leaves nothing of what the event did. */
function isReversal({ detection }: Finding, { leaves, revertsEvent }: Plan): boolean {
  return leaves === undefined && (detection.remediation !== "contain" || revertsEvent === true);
}

/** Releases the claim of a finding that stays open. If that fails, too, the claim ends with its lease. */
async function letGo(store: FindingsStore, id: string): Promise<void> {
  await store.release(id).catch(() => undefined);
}

/** What the table says about a finding, for lists. */
function aboutOf(finding: Finding, { team }: Pick<Settings, "team">, now: number): About {
  const { detection, severity, title, account, region, actor, record, match, source } = finding;
  return {
    team,
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
    seen: { [pathOf(finding)]: seenOf(record, now) },
  };
}
