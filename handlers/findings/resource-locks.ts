import { createHash } from "node:crypto";
import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import type { Finding } from "../detections/finding";
import { namesOf } from "./groups";

/** As many things of one finding are locked: findings with more name mostly the same ones, of which these are the first. */
const maxLocked = 25;

/** For how long the item of a lock is kept after its last use, s. DynamoDB's TTL deletes it. */
const keepSeconds = 3600;

/** Lets one invocation at a time plan and fix what a finding is about. */
export interface ResourceLocks {
  /**
   * Does `work` while no other invocation works on a thing of the same name in the same account, and waits for that.
   *
   * @param work is given what extends the locks: to be called whenever it has waited for something
   * @throws Error when another invocation holds a lock for longer than this one may run, or has taken one over
   */
  hold<Value>(finding: Finding, work: (extend: () => Promise<void>) => Promise<Value>): Promise<Value>;
}

/** What locks are made with. */
export interface ResourceLocksOptions {
  table: string;
  region: string;
  /** Who holds them: one attempt of one invocation. */
  owner: string;
  leaseMs: number;
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
  /** How long this invocation may still run, ms. */
  remaining(): number;
}

/**
 * ResourceLocks in the findings table: an item for each name, key `id` (S), with `owner` (S) and `leaseUntil` (N, epoch ms).
 *
 * A plan starts from the live state and a fix writes it back: two invocations side by side would each write back what the
 * other has just taken out. Within an invocation groups.ts keeps such findings apart. Locks are taken in the order of their
 * keys, so that no two invocations wait for each other, and end with their lease when their holder dies.
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
          `another invocation is still at work on a resource of finding ${finding.id} (${namesOf(finding).join(", ").slice(0, 200)})`,
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

  /** Where it fails, or is somebody else's by then, the lease ends the lock. */
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

/** In order, each once. Names come from records: they are hashed, since a key has 2,048 bytes. */
function lockKeysOf(finding: Finding): string[] {
  const keys = namesOf(finding).map(
    (name) =>
      `lock#${createHash("sha256")
        .update(JSON.stringify([finding.account, name]))
        .digest("hex")}`,
  );
  return [...new Set(keys)].sort().slice(0, maxLocked);
}
