import { createHash } from "node:crypto";
import { forEachAtMost } from "../concurrency";
import type { Table } from "./table";

/** IDs in the table, by hours since 1970. */
export interface IdsByHour {
  /** Remembers IDs. */
  note(hour: number, ids: string[]): Promise<void>;
  /** The IDs of an hour. */
  noted(hour: number): Promise<string[]>;
}

export const hourMs = 3_600_000;

/** Items of an hour. DynamoDB limits an item to 400 KB, which is room for some thousand IDs. */
const parts = 16;

/** How long they are kept after their hour, in seconds. */
const keepSeconds = 3 * 86_400;

/** Reads made concurrently. */
const atATime = 4;

/** Opens lists of IDs. @param prefix of their keys: `event#` */
export function createIdsByHour(table: Pick<Table, "get" | "update">, prefix: string): IdsByHour {
  const keyOf = (hour: number, part: number) => `${prefix}${hour}#${part}`;
  return {
    async note(hour, ids) {
      const byPart = new Map<number, string[]>();
      for (const id of ids) byPart.set(partOf(id), [...(byPart.get(partOf(id)) ?? []), id]);
      for (const [part, some] of byPart)
        await table.update(keyOf(hour, part), {
          add: { findings: { SS: some } },
          set: { expiresAt: { N: String((hour * hourMs) / 1000 + keepSeconds) } },
        });
    },
    async noted(hour) {
      const all = await forEachAtMost(atATime, [...Array(parts).keys()], (part) =>
        table.get(keyOf(hour, part)),
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
