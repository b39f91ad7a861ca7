import type { KeepBaselines } from "./baselines/event";
import type { KeptAll } from "./baselines/keep-all";
import type { Log } from "./log";
import type { Invocation } from "./on-notification";
import type { Settings } from "./settings";

/** What the schedule is handled with. */
export interface OnScheduleDependencies {
  settings: Pick<Settings, "team">;
  log: Log;
  /** Looks at everything that baselines are kept of. @param remaining ms */
  keepAll(event: KeepBaselines, remaining: () => number): Promise<KeptAll>;
  /** Epoch ms. */
  now(): number;
}

/**
 * Makes the handler of `{"cloudtrailer":"keep-baselines"}`, which comes every hour and after a deployment. What it could
 * not look at is in its entry, and not thrown: the next hour looks again.
 */
export function createOnSchedule({ settings, log, keepAll, now }: OnScheduleDependencies) {
  return async (event: KeepBaselines, invocation: Invocation): Promise<void> => {
    const startedAt = now();
    const kept = await keepAll(event, () => invocation.getRemainingTimeInMillis());
    log.entry(kept.problems.length === 0 ? "info" : "error", "baselines", {
      team: settings.team,
      requestId: invocation.awsRequestId,
      at: event.at,
      ...kept,
      durationMs: now() - startedAt,
    });
  };
}
