import { createIdsByTime, hourMs } from "../aws/ids-by-time";
import type { Table } from "../aws/table";
import { fieldsOf, textOf } from "../json";
import type { Settings } from "../settings";
import { approvalEndOf } from "./approval";
import { endWaiting } from "./approval-verbs";

/** A fix that nobody approved in time. */
export interface ExpiredFix {
  /** Of the finding. */
  id: string;
  title: string;
  region: string;
  /** What would have been done. */
  summary: string;
}

/** Ends the waiting for a yes when its time is over. */
export interface Waiting {
  /** Remembers that the fix of a finding waits from now on. */
  note(id: string): Promise<void>;
  /** Ends the waiting of fixes that nobody has approved in time, and alerts them. @returns their findings' IDs */
  expire(): Promise<string[]>;
}

/** What that needs. */
export interface WaitingDependencies {
  settings: Pick<Settings, "approvalHours">;
  table: Table;
  /** Publishes what nobody has approved. */
  alertExpired(fixes: ExpiredFix[]): Promise<void>;
  /** Epoch ms. */
  now(): number;
}

/** The item that has the last hour whose fixes were ended. */
export const waitingKey = "watch#approvals";

/** How far back is looked, in hours: so long the function may have stood still. */
const maxHours = 48;

/** Creates what ends the waiting. */
export function createWaiting({ settings, table, alertExpired, now }: WaitingDependencies): Waiting {
  const ids = createIdsByTime(table, "approval#", hourMs);

  /** The fix of a finding if it has waited too long; undefined if it waits no longer, or anew. */
  const expiredFix = async (id: string): Promise<ExpiredFix | undefined> => {
    const { outcome, decidedAt, about, plan } = await table.get(id);
    const isOver = now() >= approvalEndOf(decidedAt?.S ?? "", settings.approvalHours);
    if (outcome?.S !== "awaiting-approval" || !isOver) return undefined;
    const { title, region } = fieldsOf(JSON.parse(about?.S ?? "{}"));
    const { summary } = fieldsOf(JSON.parse(plan?.S ?? "{}"));
    return { id, title: textOf(title) ?? id, region: textOf(region) ?? "", summary: textOf(summary) ?? "" };
  };

  return {
    note: (id) => ids.note(Math.floor((now() + settings.approvalHours * hourMs) / hourMs), [id]),
    async expire() {
      const { checked } = await table.get(waitingKey);
      const last = Math.floor(now() / hourMs) - 1;
      const first = Math.max(Number(checked?.N ?? last - 1) + 1, last - maxHours);
      const ended: string[] = [];
      for (let hour = first; hour <= last; hour++) {
        const over: ExpiredFix[] = [];
        for (const id of await ids.noted(hour)) {
          const fix = await expiredFix(id);
          if (fix !== undefined) over.push(fix);
        }
        // Before anything is written: an alert that failed is tried again.
        if (over.length > 0) await alertExpired(over);
        const reason = `nobody approved the fix within ${settings.approvalHours} hours`;
        for (const { id } of over)
          if (await endWaiting(table, id, "awaiting-approval", { outcome: "expired", reason }))
            ended.push(id);
        await table.update(waitingKey, { set: { checked: { N: String(hour) } } });
      }
      return ended;
    },
  };
}
