import { eventTimeOf } from "../../handlers/cloudtrail/event-time";
import { type Fights, type FixTimes, roundsIn } from "../../handlers/findings/fights";
import type { FindingsStore, Progress, UndoPermit } from "../../handlers/findings/store";

/** A findings table in memory, shared by the stores of several invocations. */
export interface MemoryTable {
  items: Record<string, Progress & { owner: string; leaseUntil: number }>;
  fixes: Record<string, string[]>;
  summarized: string[];
  permits: Record<string, UndoPermit>;
  fights: Record<string, FixTimes[]>;
}

export function aMemoryTable(): MemoryTable {
  return { items: {}, fixes: {}, summarized: [], permits: {}, fights: {} };
}

/** A store over a table in memory, with the rules that the store over DynamoDB is tested for on embedded AWS. */
export function createMemoryStore(
  table: MemoryTable,
  owner: string,
  now: () => number,
  leaseMs = 45_000,
): FindingsStore {
  return {
    async claim(id) {
      const item = table.items[id];
      if (item?.state === "told") return { held: "done" };
      if (item !== undefined && item.leaseUntil >= now())
        return { held: "by-another", until: item.leaseUntil };
      const claimed = { ...(item ?? { state: "claimed" as const }), owner, leaseUntil: now() + leaseMs };
      table.items[id] = claimed;
      return { held: "by-us", progress: { ...claimed } };
    },
    async save(id, progress) {
      const item = table.items[id];
      if (item?.owner !== owner) throw new Error(`finding ${id} was taken over`);
      const given = Object.fromEntries(Object.entries(progress).filter(([, value]) => value !== undefined));
      Object.assign(item, given, { leaseUntil: now() + leaseMs });
    },
    async mayFix(breaker, findingId, most) {
      const fixes = (table.fixes[breaker] ??= []);
      if (fixes.includes(findingId)) return true;
      if (fixes.length >= most) return false;
      fixes.push(findingId);
      return true;
    },
    async undoPermit(token) {
      return table.permits[token];
    },
    async baselineOf() {
      return undefined;
    },
    async firstToSummarize(breaker) {
      if (table.summarized.includes(breaker)) return false;
      table.summarized.push(breaker);
      return true;
    },
  };
}

/** Fights over a table in memory, by who did it. */
export function createMemoryFights(table: MemoryTable, now: () => number): Fights {
  return {
    async roundsBefore({ actor, record }) {
      return roundsIn(table.fights[actor.name] ?? [], eventTimeOf(record));
    },
    async note({ actor, record }) {
      (table.fights[actor.name] ??= []).push({ calledAt: eventTimeOf(record), fixedAt: now() });
    },
  };
}
