import { eventTimeOf } from "../cloudtrail/event-time";
import type { Finding } from "../detections/finding";
import type { Checked, SelfCheck } from "./self-check";

/** A record has only the second of a call; and the call takes its time. In ms. */
const callMs = 2_000;

/** The comparison of this system's own parts that findings of one notification share. */
export interface SharedCheck {
  /** Notes findings that are about to be handled: the comparison has to show what their calls did. */
  noteCalls(findings: readonly Pick<Finding, "record">[]): void;
  /** The differences, as lines for people. @throws a passing error of AWS */
  check(): Promise<{ differences: string[]; isFirstDeployment: boolean }>;
}

/** @param arrived when the notification arrived, in epoch ms: all its calls were made before */
export function createSharedCheck(selfCheck: Pick<SelfCheck, "check">, arrived: number): SharedCheck {
  let over = 0;
  let checking: Promise<Checked> | undefined;
  return {
    noteCalls(findings) {
      for (const { record } of findings) {
        const by = Math.min(arrived, (eventTimeOf(record) || arrived) + callMs);
        if (by <= over) continue;
        over = by;
        checking = undefined;
      }
    },
    async check() {
      checking ??= selfCheck.check(over);
      const { differences, isFirstDeployment } = await checking;
      const lines = differences.map(({ part, by, found, means }) => `${part} (${by}: ${found}): ${means}`);
      return { differences: lines, isFirstDeployment };
    },
  };
}
