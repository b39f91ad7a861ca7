import { createHash } from "node:crypto";
import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import type { Finding } from "../detections/finding";
import { namesOf } from "./groups";

/** Resources of one finding to lock. Findings with more usually name the same ones, and these are the first of them. */
const maxLocked = 25;

/** How long the item of a lock is kept after its last use, in seconds. DynamoDB's TTL deletes it. */
const keepSeconds = 3600;

/** Lets one invocation at a time plan and fix a finding's resources. */
export interface ResourceLocks {
  /**
   * Waits until no other invocation works on resources of the same names in the same account, then does `work`.
   *
   * @param work gets a function that extends the locks; it must call it whenever it has waited for something
   * @throws Error if another invocation holds a lock for longer than this one may run, or has taken one over
   */
  hold<Value>(finding: Finding, work: (extend: () => Promise<void>) => Promise<Value>): Promise<Value>;
}

/** What locking needs. */
export interface ResourceLocksOptions {
  table: string;
  region: string;
  /** The holder: a single attempt of an invocation. */
  owner: string;
  leaseMs: number;
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
  /** How long this invocation may still run, ms. */
  remaining(): number;
}

/**
 * Resource locks in the findings table: an item for each name, key `id` (S), with `owner` (S) and `leaseUntil` (N, epoch
 * ms).
 *
 * A plan starts from the live state and a fix writes it back: two concurrent invocations would each write back what the
 * other has just removed. Within an invocation, groups.ts keeps such findings apart. Locks are taken in the order of their
 * keys, so that no two invocations wait for each other, and expire with their lease if their holder dies.
 */
export function createResourceLocks(aws: CallAws, options: ResourceLocksOptions): ResourceLocks {
  const { owner, leaseMs, now, pause, remaining } = options;
  const table = createTable(aws, options);
  const ours = { ":owner": { S: owner } };

  const write = (key: string, until: number, condition: string) =>
    table.update(key, {
      set: {
        owner: { S: owner },
        leaseUntil: { N: String(until) },
        expiresAt: { N: String(Math.floor(now() / 1000) + keepSeconds) },
      },
      condition: {
        expression: condition,
        values: condition.includes(":at") ? { ...ours, ":at": { N: String(now()) } } : ours,
      },
    });

  const take = async (key: string, finding: Finding): Promise<void> => {
    for (;;) {
      const taken = await write(
        key,
        now() + leaseMs,
        "attribute_not_exists(owner) OR owner = :owner OR leaseUntil < :at",
      );
      if (taken.changed) return;
      const { leaseUntil } = await table.get(key);
      const wait = Math.min(1_000, Math.max(50, Number(leaseUntil?.N ?? 0) - now()));
      if (remaining() < wait + 2_000)
        throw new Error(
          `another invocation is still working on a resource of finding ${finding.id} (${namesOf(finding).join(", ").slice(0, 200)})`,
        );
      await pause(wait);
    }
  };

  const extend = async (keys: string[], finding: Finding): Promise<void> => {
    for (const key of keys) {
      const extended = await write(key, now() + leaseMs, "owner = :owner");
      if (!extended.changed)
        throw new Error(
          `expected to hold the locks of finding ${finding.id}, found one taken over by another invocation`,
        );
    }
  };

  /** If this fails, or the lock belongs to another by then, the lease ends it. */
  const letGo = async (keys: string[]): Promise<void> => {
    for (const key of keys) await write(key, 0, "owner = :owner").catch(() => undefined);
  };

  return {
    async hold(finding, work) {
      const keys = lockKeysOf(finding);
      const held: string[] = [];
      let isOver = false;
      const extendHeld = async () => {
        // A read that is still under way must not lock again what was let go.
        if (isOver)
          throw new Error(`expected to hold the locks of finding ${finding.id}, found them released`);
        await extend(held, finding);
      };
      try {
        for (const key of keys) {
          await take(key, finding);
          held.push(key);
        }
        return await work(extendHeld);
      } finally {
        isOver = true;
        await letGo(held);
      }
    },
  };
}

/** Sorted and unique. Names come from records, and a key is limited to 2,048 bytes, so they are hashed. */
function lockKeysOf(finding: Finding): string[] {
  const keys = namesOf(finding).map(
    (name) =>
      `lock#${createHash("sha256")
        .update(JSON.stringify([finding.account, name]))
        .digest("hex")}`,
  );
  return [...new Set(keys)].sort().slice(0, maxLocked);
}
