import type { Table } from "../aws/table";

const hourMs = 3_600_000;

/** Does something once an hour for each key, in all execution environments together. */
export type OncePerHour = (key: string, act: () => Promise<void>) => Promise<void>;

/** Makes {@link OncePerHour}. Written down after it is done: what failed is tried again by whoever comes next. */
export function createOncePerHour(table: Table, now: () => number): OncePerHour {
  return async (key, act) => {
    const { at } = await table.get(key);
    if (at !== undefined && now() - Number(at.N) < hourMs) return;
    await act();
    const expiresAt = { N: String(Math.floor((now() + 2 * hourMs) / 1000)) };
    await table.update(key, { set: { at: { N: String(now()) }, expiresAt } });
  };
}
