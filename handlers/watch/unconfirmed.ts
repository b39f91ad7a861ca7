import type { UnconfirmedFinding } from "../alerts/summaries";
import { createIdsByTime, hourMs } from "../aws/ids-by-time";
import type { Attributes, Table } from "../aws/table";
import { fieldsOf, textOf } from "../json";

/** What a check of events came to, for the log. */
export interface EventsReport {
  /** Findings of events that were looked at. */
  findings: number;
  /** IDs of those that no log file confirmed. */
  unconfirmed: string[];
}

type ComeTo = (account: string, region: string) => Promise<number | undefined>;

/** Makes sure that what was done because of an event is in a log file, too. */
export interface Confirmation {
  /** Remembers findings that an event brought. */
  note(ids: string[]): Promise<void>;
  /**
   * Looks at findings of events that are old enough for two digests, and alerts those of which no log file has come.
   *
   * @param comeTo until when an account's digests of a region are verified, epoch ms; undefined if that is unknown
   */
  check(comeTo: ComeTo): Promise<EventsReport>;
}

/** What confirming needs. */
export interface ConfirmationDependencies {
  table: Pick<Table, "get" | "update">;
  /** IDs of the detections that are on: log files make no findings of others. */
  active: string[];
  /** Publishes what no log file confirmed. */
  alertUnconfirmed(findings: UnconfirmedFinding[]): Promise<void>;
  /** Epoch ms. */
  now(): number;
}

/** A digest covers an hour and comes some minutes after it: the second one after an event has come by then. ms */
const dueMs = 2.25 * hourMs;

/** Digests that do not come are alerted as such; so long they are waited for. ms */
const mostMs = 24 * hourMs;

/** The item that has the last hour that was checked. */
export const confirmationKey = "watch#events";

/** Creates the confirmation of events by log files. */
export function createConfirmation(dependencies: ConfirmationDependencies): Confirmation {
  const { table, active, alertUnconfirmed, now } = dependencies;
  const byHour = createIdsByTime(table, "event#", hourMs);

  /** A finding that no log file confirmed; undefined if one did, or none has to. */
  const unconfirmed = async (id: string): Promise<UnconfirmedFinding | undefined> => {
    const item = await table.get(id);
    const about = fieldsOf(JSON.parse(item.about?.S ?? "{}"));
    const detection = textOf(about.detection) ?? "";
    if (!active.includes(detection) || fieldsOf(about.seen).logFile !== undefined) return undefined;
    return {
      id,
      title: textOf(about.title) ?? detection,
      account: textOf(about.account) ?? "",
      region: textOf(about.region) ?? "",
      outcome: item.outcome?.S ?? "unfinished",
      hasRollback: hasRollback(item),
    };
  };

  /** @returns undefined if digests that could confirm the hour have yet to come */
  const unconfirmedIn = async (
    hour: number,
    ids: string[],
    comeTo: ComeTo,
  ): Promise<UnconfirmedFinding[] | undefined> => {
    const found: UnconfirmedFinding[] = [];
    for (const id of ids) {
      const one = await unconfirmed(id);
      if (one !== undefined) found.push(one);
    }
    if (now() - hour * hourMs > mostMs) return found;
    const places = new Map(found.map(({ account, region }) => [`${account} ${region}`, { account, region }]));
    for (const { account, region } of places.values()) {
      const until = await comeTo(account, region);
      // Two digests after the beginning of the hour.
      if (until !== undefined && until < (hour + 2) * hourMs) return undefined;
    }
    return found;
  };

  return {
    async note(ids) {
      if (ids.length > 0) await byHour.note(Math.floor(now() / hourMs), ids);
    },
    async check(comeTo) {
      const report: EventsReport = { findings: 0, unconfirmed: [] };
      const { checked } = await table.get(confirmationKey);
      const last = Math.floor((now() - dueMs) / hourMs) - 1;
      const first = Math.max(Number(checked?.N ?? last - 1) + 1, last - 48);
      for (let hour = first; hour <= last; hour++) {
        const ids = await byHour.noted(hour);
        const found = await unconfirmedIn(hour, ids, comeTo);
        if (found === undefined) break;
        report.findings += ids.length;
        report.unconfirmed.push(...found.map(({ id }) => id));
        // Written down when the alert is out: one that failed is tried again.
        if (found.length > 0) await alertUnconfirmed(found);
        await table.update(confirmationKey, { set: { checked: { N: String(hour) } } });
      }
      return report;
    },
  };
}

/** Whether there is something to roll back: a fix that was made, in whole or in part. */
function hasRollback({ outcome, plan }: Attributes): boolean {
  if (outcome?.S !== "fixed" && outcome?.S !== "failed") return false;
  const { rollback } = fieldsOf(JSON.parse(plan?.S ?? "{}"));
  return Array.isArray(rollback) && rollback.length > 0;
}
