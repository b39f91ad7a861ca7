import type { Invocation } from "./aws/platform";
import type { KeepBaselines } from "./baselines/event";
import type { KeptAll } from "./baselines/keep-all";
import type { Log } from "./log";
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
 * then baselines. Whatever could not be looked at is in the entry, and not thrown: the next hour looks again.
 */
export function createOnSchedule({ settings, log, selfCheck, keepAll, now }: OnScheduleDependencies) {
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

  return async (event: KeepBaselines, invocation: Invocation): Promise<void> => {
    const startedAt = now();
    const own = await checked(event.at);
    const kept = await keepAll(event, () => invocation.getRemainingTimeInMillis());
    const sound = kept.problems.length === 0 && own.problem === undefined && own.differences.length === 0;
    log.entry(sound ? "info" : "error", "baselines", {
      team: settings.team,
      requestId: invocation.awsRequestId,
      at: event.at,
      selfCheck: own,
      ...kept,
      durationMs: now() - startedAt,
    });
  };
}
