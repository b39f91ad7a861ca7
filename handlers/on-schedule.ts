import type { Invocation } from "./aws/platform";
import type { KeepBaselines } from "./baselines/event";
import type { KeptAll } from "./baselines/keep-all";
import type { Log } from "./log";
import { problemOf } from "./problem";
import type { Settings } from "./settings";
import type { Difference } from "./alerts/summaries";
import type { DigestCheck, DigestReport } from "./watch/digests";
import type { SelfCheck } from "./watch/self-check";

/** What the schedule is handled with. */
export interface OnScheduleDependencies {
  settings: Pick<Settings, "team">;
  log: Log;
  selfCheck: SelfCheck;
  /** Undefined when the stack has no trail. */
  digests: DigestCheck | undefined;
  /** Looks at everything that baselines are kept of. @param remaining ms */
  keepAll(event: KeepBaselines, remaining: () => number): Promise<KeptAll>;
  /** Epoch ms. */
  now(): number;
}

/**
 * Makes the handler of `{"cloudtrailer":"keep-baselines"}`, which comes every hour and after a deployment: the self-check,
 * CloudTrail's digests, then baselines. Whatever could not be looked at is in the entry, and not thrown: the next hour looks again.
 */
export function createOnSchedule({
  settings,
  log,
  selfCheck,
  digests,
  keepAll,
  now,
}: OnScheduleDependencies) {
  const checked = async (
    at: KeepBaselines["at"],
  ): Promise<{ differences: Difference[]; problem?: string }> => {
    try {
      if (at === "deployment") await selfCheck.declare();
      return { differences: await selfCheck.checkAndReport() };
    } catch (error) {
      return { differences: [], problem: `unable to check the stack's own parts: ${problemOf(error)}` };
    }
  };

  /** A deployment does not wait for digests: nothing but when they begin to count is written down. */
  const verified = async (
    at: KeepBaselines["at"],
    invocation: Invocation,
  ): Promise<Partial<DigestReport> & { problem?: string }> => {
    try {
      if (at === "schedule") return (await digests?.check(invocation)) ?? {};
      await digests?.begin();
      return {};
    } catch (error) {
      return { problem: `unable to verify the digests: ${problemOf(error)}` };
    }
  };

  return async (event: KeepBaselines, invocation: Invocation): Promise<void> => {
    const startedAt = now();
    const own = await checked(event.at);
    const ofDigests = await verified(event.at, invocation);
    const kept = await keepAll(event, () => invocation.getRemainingTimeInMillis());
    const isVerified =
      [ofDigests.problem ?? [], ofDigests.problems ?? [], ofDigests.errors ?? []].flat().length === 0;
    const sound =
      kept.problems.length === 0 && own.problem === undefined && own.differences.length === 0 && isVerified;
    log.entry(sound ? "info" : "error", "baselines", {
      team: settings.team,
      requestId: invocation.awsRequestId,
      at: event.at,
      selfCheck: own,
      digests: ofDigests,
      ...kept,
      durationMs: now() - startedAt,
    });
  };
}
