import type { Invocation } from "./aws/platform";
import type { KeepBaselines } from "./baselines/event";
import type { KeptAll } from "./baselines/keep-all";
import type { Log, Metrics } from "./log";
import { problemOf } from "./problem";
import type { Settings } from "./settings";
import type { Difference } from "./alerts/summaries";
import type { SelfCheck } from "./watch/self-check";

/** What the schedule is handled with. */
export interface OnScheduleDependencies {
  settings: Pick<Settings, "team">;
  log: Log;
  selfCheck: SelfCheck;
  /** Looks at everything that baselines are kept of. @param remaining ms */
  keepAll(event: KeepBaselines, remaining: () => number): Promise<KeptAll>;
  /** Epoch ms. */
  now(): number;
}

/**
 * Makes the handler of `{"cloudtrailer":"keep-baselines"}`, which comes every hour and after a deployment: the self-check,
 * then baselines. Whatever could not be looked at is in the entry, and not thrown: the next hour looks again, and when no
 * check is sound for some hours, an alarm goes off.
 */
export function createOnSchedule({ settings, log, selfCheck, keepAll, now }: OnScheduleDependencies) {
  const checked = async (
    at: KeepBaselines["at"],
    remaining: () => number,
  ): Promise<{ differences: Difference[]; problem?: string }> => {
    try {
      if (at === "deployment") await selfCheck.declare(remaining);
      return { differences: await selfCheck.checkAndReport() };
    } catch (error) {
      return { differences: [], problem: `unable to check the stack's own parts: ${problemOf(error)}` };
    }
  };

  return async (event: KeepBaselines, invocation: Invocation): Promise<void> => {
    const startedAt = now();
    const { team } = settings;
    const about = { team, requestId: invocation.awsRequestId, at: event.at };
    const remaining = () => invocation.getRemainingTimeInMillis();
    const metricsOf = (values: Metrics) => ({ team, at: now(), values });
    if (event.at === "deployment")
      // Alarms for silence have just been made, and take the time before for silence.
      log.entry("info", "deployment", about, metricsOf({ LogFiles: 1, SelfChecks: 1 }));
    const own = await checked(event.at, remaining);
    const isSound = own.problem === undefined && own.differences.length === 0;
    log.entry(
      isSound ? "info" : "error",
      "self-check",
      { ...about, ...own, durationMs: now() - startedAt },
      metricsOf({ SelfChecks: isSound ? 1 : 0 }),
    );
    const checkedAt = now();
    const kept = await keepAll(event, remaining);
    log.entry(kept.problems.length === 0 ? "info" : "error", "baselines", {
      ...about,
      ...kept,
      durationMs: now() - checkedAt,
    });
  };
}
