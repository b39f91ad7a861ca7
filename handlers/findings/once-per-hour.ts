import { randomUUID } from "node:crypto";
import type { Table } from "../aws/table";
import { leaseMs } from "./store";

const hourMs = 3_600_000;

/** Keys that are remembered: some are of principals. */
const maxKnown = 1_000;

/** Does something once an hour for each key, in all execution environments together. */
export type OncePerHour = (key: string, act: () => Promise<void>) => Promise<void>;

/** What {@link OncePerHour} needs. */
export interface OncePerHourOptions {
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
  /** The attribute that says when it was done. */
  doneAt?: string;
  /** Whether nobody takes back what was done: then thousands of times the same need not ask the table. */
  isFinal?: true;
}

/**
 * Makes {@link OncePerHour}. Written down after it is done, so that what failed is tried again by whoever comes next. Of many that
 * come at once, one does it, and the others wait until it is done, or until its lease has expired because it has died.
 */
export function createOncePerHour(table: Table, options: OncePerHourOptions): OncePerHour {
  const { now, pause, doneAt = "at", isFinal = false } = options;
  const number = (value: number) => ({ N: String(value) });
  const expiresAt = () => number(Math.floor((now() + 2 * hourMs) / 1000));
  /** When it was done, epoch ms, as far as this environment knows. */
  const known = new Map<string, number>();
  const isKnown = (key: string) => now() - (known.get(key) ?? Number.NEGATIVE_INFINITY) < hourMs;
  const note = (key: string, at: number) => {
    if (known.size >= maxKnown) known.clear();
    known.set(key, at);
  };

  /** @returns whether it is to be done by us */
  const take = async (key: string, owner: string): Promise<boolean> => {
    for (;;) {
      const { [doneAt]: done, owner: holder, actsUntil } = await table.get(key);
      if (done !== undefined) note(key, Number(done.N));
      if (done !== undefined && isKnown(key)) return false;
      // The answer to our claim was lost, and the SDK's retry found its own write.
      if (holder?.S === owner) return true;
      if (actsUntil !== undefined && now() < Number(actsUntil.N)) {
        await pause(Math.min(1_000, Number(actsUntil.N) - now()));
        continue;
      }
      const taken = await table.update(key, {
        set: { owner: { S: owner }, actsUntil: number(now() + leaseMs), expiresAt: expiresAt() },
        condition:
          actsUntil === undefined
            ? { expression: "attribute_not_exists(actsUntil)" }
            : { expression: "actsUntil = :before", values: { ":before": actsUntil } },
      });
      if (taken.changed) return true;
    }
  };

  return async (key, act) => {
    const owner = randomUUID();
    if ((isFinal && isKnown(key)) || !(await take(key, owner))) return;
    try {
      await act();
    } catch (error) {
      // If this fails, too, the lease ends it.
      await table.update(key, { set: { actsUntil: number(0) } }).catch(() => undefined);
      throw error;
    }
    await table.update(key, {
      set: { [doneAt]: number(now()), actsUntil: number(0), expiresAt: expiresAt() },
    });
    note(key, now());
  };
}
