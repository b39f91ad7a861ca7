import { eventTimeOf } from "../../handlers/cloudtrail/event-time";
import { type RemediationLoops, type FixTimes, roundsIn } from "../../handlers/findings/remediation-loops";
import { breakerMs, type FindingsStore, type Progress } from "../../handlers/findings/store";
import type { RollbackPermit } from "../../handlers/findings/rollback-permit";

/** A findings table in memory, shared by the stores of several invocations. */
export interface MemoryTable {
  items: Record<string, Progress & { owner: string; leaseUntil: number }>;
  fixes: Record<string, { finding: string; at: number }[]>;
  /** When each breaker opened, epoch ms. */
  opened: Record<string, number>;
  permits: Record<string, RollbackPermit>;
  loops: Record<string, FixTimes[]>;
}

export function aMemoryTable(): MemoryTable {
  return { items: {}, fixes: {}, opened: {}, permits: {}, loops: {} };
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
      const recent = (table.fixes[breaker] ?? []).filter(({ at }) => now() - at < breakerMs);
      if (recent.some(({ finding }) => finding === findingId)) return true;
      if (recent.length >= most) return false;
      table.fixes[breaker] = [...recent, { finding: findingId, at: now() }];
      return true;
    },
    async rollbackPermit(token) {
      return table.permits[token];
    },
    async firstToSummarize(breaker) {
      if (now() - (table.opened[breaker] ?? Number.NEGATIVE_INFINITY) < breakerMs) return false;
      table.opened[breaker] = now();
      return true;
    },
  };
}

/** Remediation loops over a table in memory, by who did it. */
export function createMemoryRemediationLoops(table: MemoryTable, now: () => number): RemediationLoops {
  return {
    async roundsBefore({ actor, record }) {
      return roundsIn(table.loops[actor.name] ?? [], eventTimeOf(record));
    },
    async note({ actor, record }) {
      (table.loops[actor.name] ??= []).push({ calledAt: eventTimeOf(record), fixedAt: now() });
    },
  };
}
