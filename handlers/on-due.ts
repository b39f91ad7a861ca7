import type { Invocation } from "./aws/platform";
import type { Delays } from "./findings/delays";
import type { HandleRecord } from "./findings/handle-record";
import type { Log } from "./log";
import { cutBytes } from "./problem";
import type { Settings } from "./settings";

/** What making delayed fixes needs. */
export interface OnDueDependencies {
  settings: Pick<Settings, "team">;
  log: Log;
  delays: Pick<Delays, "makeDue">;
  handleRecord: HandleRecord;
  /** Epoch ms. */
  now(): number;
}

/** Lambda keeps as much of an error as fits into the failure queue's message beside the event. In bytes. */
const maxThrown = 8_000;

/** Makes the delayed fixes that are due. @throws Error with what could not be done: it stays due */
export type OnDue = (invocation: Invocation) => Promise<void>;

/**
 * Creates the handler of `{"cloudtrailer":"due-fixes"}`, which arrives every minute if fixes are delayed. The hourly run does the
 * same, so that nothing waits forever for a rule that is gone. A look that finds nothing due writes no entry.
 */
export function createOnDue({ settings, log, delays, handleRecord, now }: OnDueDependencies): OnDue {
  return async (invocation) => {
    const startedAt = now();
    const { errors, errorsInAll, ...report } = await delays.makeDue(handleRecord, invocation);
    if (report.takenUp + report.left + errorsInAll === 0) return;
    log.entry(errorsInAll === 0 ? "info" : "error", "due fixes", {
      team: settings.team,
      requestId: invocation.awsRequestId,
      ...report,
      errors,
      ...(errorsInAll > errors.length ? { errorsInAll } : {}),
      durationMs: now() - startedAt,
    });
    if (errorsInAll > 0)
      throw new Error(cutBytes(`unable to make all fixes that are due: ${errors.join("; ")}`, maxThrown));
  };
}
