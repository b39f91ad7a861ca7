import type { Invocation } from "./aws/platform";
import type { KeepBaselines } from "./baselines/event";
import type { KeptAll } from "./baselines/keep-all";
import type { Log, Metrics } from "./log";
import { forEachAtMost } from "./concurrency";
import { problemOf } from "./problem";
import type { FastPath, Settings } from "./settings";
import type { Difference } from "./alerts/summaries";
import type { DigestCheck, DigestReport } from "./watch/digests";
import type { MemberRules } from "./watch/member-rules";
import type { SelfCheck } from "./watch/self-check";
import type { Periods } from "./findings/periods";
import type { Waiting } from "./findings/waiting";
import type { Confirmation, EventsReport } from "./watch/unconfirmed";

/** What the hourly run needs. */
export interface OnScheduleDependencies {
  settings: Pick<Settings, "team" | "events" | "account">;
  log: Log;
  selfCheck: SelfCheck;
  /** Undefined when the stack has no trail. */
  digests: DigestCheck | undefined;
  confirmation: Pick<Confirmation, "check">;
  waiting: Pick<Waiting, "expire">;
  periods: Periods;
  /** Makes the delayed fixes that are due. */
  onDue(invocation: Invocation): Promise<void>;
  /** Takes a snapshot of everything that baselines are kept of. @param remaining time left, in ms */
  keepAll(event: KeepBaselines, remaining: () => number): Promise<KeptAll>;
  /** The same for each member, in an invocation of its own. */
  members?: ({ member: string; rules: MemberRules } & Pick<OnScheduleDependencies, "digests" | "keepAll">)[];
  /** Invokes this function with an event, without waiting for it. */
  invokeSelf?(event: KeepBaselines): Promise<void>;
  /** Epoch ms. */
  now(): number;
}

/** Members for which the function invokes itself at once. */
const membersAtATime = 8;

/**
 * Creates the handler of `{"cloudtrailer":"keep-baselines"}`, which arrives every hour and after a deployment: the self-check,
 * CloudTrail's digests, then baselines. What could not be read is in the log entry, and not thrown: the next hour tries again,
 * and if no check succeeds for some hours, an alarm goes off.
 */
export function createOnSchedule({
  settings,
  log,
  selfCheck,
  digests,
  confirmation,
  waiting,
  onDue,
  periods,
  keepAll,
  members = [],
  invokeSelf,
  now,
}: OnScheduleDependencies) {
  /**
   * Alarms for silence that a deployment created count the time before as silence, so it begins with a sign of life. Invoking
   * the function in the name of a deployment that is already recorded is none.
   */
  const declared = async (about: object, remaining: () => number): Promise<void> => {
    if (!(await selfCheck.declare(remaining))) return;
    const values = { LogFiles: 1, SelfChecks: 1 };
    log.entry("info", "deployment", { ...about }, { team: settings.team, at: now(), values });
  };

  const checked = async (
    about: { at: KeepBaselines["at"] },
    remaining: () => number,
  ): Promise<{ differences: Difference[]; problem?: string }> => {
    try {
      if (about.at !== "deployment") return { differences: await selfCheck.checkAndReport() };
      const begun = now();
      await declared(about, remaining);
      // What the deployment left was read for the record.
      return { differences: await selfCheck.checkAndReport(begun) };
    } catch (error) {
      return { differences: [], problem: `unable to check the stack's own parts: ${problemOf(error)}` };
    }
  };

  /** A deployment does not wait for digests: only when they begin to count is written down. */
  const verified = async (
    check: DigestCheck | undefined,
    at: KeepBaselines["at"],
    invocation: Invocation,
  ): Promise<{ isVerified: boolean; problem?: string } & Partial<DigestReport>> => {
    try {
      if (at === "deployment") await check?.begin();
      const report = at === "deployment" ? undefined : await check?.check(invocation);
      const wrong = (report?.problems.length ?? 0) + (report?.errors.length ?? 0);
      return { isVerified: wrong === 0, ...report };
    } catch (error) {
      return { isVerified: false, problem: `unable to verify the digests: ${problemOf(error)}` };
    }
  };

  /** Verifies the digests of one account, and logs what came of it. */
  const verify = async (
    check: DigestCheck | undefined,
    at: KeepBaselines["at"],
    about: object,
    invocation: Invocation,
  ): Promise<void> => {
    const begunAt = now();
    const { isVerified, ...verification } = await verified(check, at, invocation);
    log.entry(isVerified ? "info" : "error", "digests", {
      ...about,
      ...verification,
      durationMs: now() - begunAt,
    });
  };

  const digestsOf = (account: string): DigestCheck | undefined =>
    account === settings.account ? digests : members.find(({ member }) => member === account)?.digests;

  /** After the digests, because what they miss is processed by then. */
  const confirmed = async (): Promise<Partial<EventsReport> & { problem?: string }> => {
    try {
      return await confirmation.check(async (account, region) => digestsOf(account)?.comeTo(region));
    } catch (error) {
      return { problem: `unable to compare events with log files: ${problemOf(error)}` };
    }
  };

  /** Takes the snapshot of one account, and logs what came of it. */
  const keep = async (
    all: OnScheduleDependencies["keepAll"],
    event: KeepBaselines,
    about: object,
    remaining: () => number,
  ): Promise<void> => {
    const begunAt = now();
    const kept = await all(event, remaining);
    log.entry(kept.problems.length === 0 ? "info" : "error", "baselines", {
      ...about,
      ...kept,
      durationMs: now() - begunAt,
    });
  };

  const compared = async (rules: MemberRules): Promise<{ differences: Difference[]; problem?: string }> => {
    try {
      return { differences: await rules.checkAndReport() };
    } catch (error) {
      return { differences: [], problem: `unable to compare its rules: ${problemOf(error)}` };
    }
  };

  const onMember = async (event: KeepBaselines, about: object, invocation: Invocation): Promise<void> => {
    const its = members.find(({ member }) => member === event.member);
    if (its === undefined) {
      // It may have left since the event was sent.
      log.entry("info", "no member", { ...about, member: event.member });
      return;
    }
    const aboutIt = { ...about, member: its.member };
    const { differences, problem } = await compared(its.rules);
    if (differences.length > 0 || problem !== undefined)
      log.entry("error", "rules of a member", { ...aboutIt, differences, problem });
    await verify(its.digests, event.at, aboutIt, invocation);
    await keep(its.keepAll, event, aboutIt, () => invocation.getRemainingTimeInMillis());
  };

  /** An account may take all the time of an invocation, and a deployment waits for none but its own. */
  const beginMembers = async (about: object): Promise<void> => {
    const problems: { member: string; error: string }[] = [];
    await forEachAtMost(membersAtATime, members, async ({ member }) => {
      try {
        await invokeSelf?.({ cloudtrailer: "keep-baselines", at: "schedule", member });
      } catch (error) {
        problems.push({ member, error: problemOf(error) });
      }
    });
    if (members.length > 0)
      log.entry(problems.length === 0 ? "info" : "error", "members", {
        ...about,
        members: members.length,
        problems,
      });
  };

  const expired = async (): Promise<{ expired?: string[]; problem?: string }> => {
    try {
      return { expired: await waiting.expire() };
    } catch (error) {
      return { problem: `unable to end the waiting of fixes for approval: ${problemOf(error)}` };
    }
  };

  /** The rule that asks for it every minute may be gone, by a deployment or by an attacker. */
  const due = async (about: object, invocation: Invocation): Promise<void> => {
    try {
      await onDue(invocation);
    } catch (error) {
      log.entry("error", "due fixes", { ...about, problem: problemOf(error) });
    }
  };

  const summarized = async (about: object, remaining: () => number): Promise<void> => {
    const { published, errors } = await periods.summarize(remaining);
    if (published + errors.length > 0)
      log.entry(errors.length === 0 ? "info" : "error", "summaries", { ...about, published, errors });
  };

  return async (event: KeepBaselines, invocation: Invocation): Promise<void> => {
    const startedAt = now();
    const { team } = settings;
    const about = { team, requestId: invocation.awsRequestId, at: event.at };
    const remaining = () => invocation.getRemainingTimeInMillis();
    if (event.member !== undefined) return onMember(event, about, invocation);
    const metricsOf = (values: Metrics) => ({ team, at: now(), values });
    const own = await checked(about, remaining);
    const isSound = own.problem === undefined && own.differences.length === 0;
    log.entry(
      isSound ? "info" : "error",
      "self-check",
      { ...about, ...own, within: comesWithin(settings.events), durationMs: now() - startedAt },
      metricsOf({ SelfChecks: isSound ? 1 : 0 }),
    );
    await verify(digests, event.at, about, invocation);
    if (settings.events !== undefined && event.at === "schedule") {
      const { unconfirmed = [], ...events } = await confirmed();
      const isWell = unconfirmed.length === 0 && events.problem === undefined;
      log.entry(isWell ? "info" : "error", "events", { ...about, ...events, unconfirmed });
    }
    if (event.at === "schedule") {
      const ended = await expired();
      if (ended.expired === undefined || ended.expired.length > 0)
        log.entry(ended.problem === undefined ? "info" : "error", "approvals", { ...about, ...ended });
      await due(about, invocation);
      await summarized(about, remaining);
    }
    await beginMembers(about);
    await keep(keepAll, event, about, remaining);
  };
}

/** How soon calls are seen, for people who read the log: a stack that hears of some late does not look like one that hears at once. */
function comesWithin(events: FastPath | undefined): { seconds: string; minutes: string } {
  if (events === undefined) return { seconds: "nothing", minutes: "everything, by log files" };
  const { regions, lateDetections } = events;
  return {
    seconds: `what is called in ${regions.join(", ")}`,
    minutes: `what is called in other regions, and some or all calls of ${lateDetections} detections`,
  };
}
