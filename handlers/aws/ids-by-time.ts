import { createHash } from "node:crypto";
import { forEachAtMost } from "../concurrency";
import type { Table } from "./table";

/** IDs in the table, by periods since 1970: hours, or minutes. */
export interface IdsByTime {
  /** Remembers IDs. */
  note(period: number, ids: string[]): Promise<void>;
  /** The IDs of a period. */
  noted(period: number): Promise<string[]>;
}

export const minuteMs = 60_000;
export const hourMs = 3_600_000;

/** Items of a period. DynamoDB limits an item to 400 KB, which is room for some thousand IDs. */
const parts = 16;

/** How long they are kept after their period, in seconds. */
const keepSeconds = 3 * 86_400;

/** Reads made concurrently. */
const atATime = 4;

/** Opens lists of IDs. @param prefix of their keys: `event#` @param periodMs the length of a period */
export function createIdsByTime(
  table: Pick<Table, "get" | "update">,
  prefix: string,
  periodMs: number,
): IdsByTime {
  const keyOf = (period: number, part: number) => `${prefix}${period}#${part}`;
  return {
    async note(period, ids) {
      const byPart = new Map<number, string[]>();
      for (const id of ids) byPart.set(partOf(id), [...(byPart.get(partOf(id)) ?? []), id]);
      for (const [part, some] of byPart)
        await table.update(keyOf(period, part), {
          add: { findings: { SS: some } },
          set: { expiresAt: { N: String(Math.floor((period * periodMs) / 1000) + keepSeconds) } },
        });
    },
    async noted(period) {
      const all = await forEachAtMost(atATime, [...Array(parts).keys()], (part) =>
        table.get(keyOf(period, part)),
      );
      return all.flatMap((one) => {
        if (one.status === "rejected") throw one.reason;
        return one.value.findings?.SS ?? [];
      });
    },
  };
}

function partOf(id: string): number {
  return (createHash("sha256").update(id).digest()[0] ?? 0) % parts;
}
