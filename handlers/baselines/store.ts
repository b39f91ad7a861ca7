import type { CallAws } from "../aws/call";
import { createTable, ifUnchanged, nextVersion } from "../aws/table";
import { fitted, type History, type Moment, withMoment } from "./history";

/** The histories of resources in the findings table. */
export interface BaselineStore {
  read(key: string): Promise<History>;
  /**
   * Adds moments to a history. @returns whether anything was new
   *
   * @throws Error if others keep writing to the same history
   */
  add(key: string, moments: Moment[]): Promise<boolean>;
}

/** How long a history without additions is kept, in days. */
const keepDays = 180;

const maxTries = 5;

/**
 * Histories in the findings table: an item for each resource, key `id` (S: `baselineKeyOf`), `history` (S, JSON), `version`
 * (N), TTL attribute `expiresAt` (N, epoch s). A write names the version it is based on, so of two concurrent writes one
 * starts over.
 */
export function createBaselineStore(
  aws: CallAws,
  {
    table,
    region,
    now,
    account,
  }: {
    table: string;
    region: string;
    now(): number;
    /** A member, whose resources may have the same names as this account's. */
    account?: string;
  },
): BaselineStore {
  const keyOf = (key: string) =>
    account === undefined ? key : key.replace(/^baseline#/, `baseline#${account}#`);
  const door = createTable(aws, { table, region });

  const item = async (key: string) => {
    const { history, version, expiresAt } = await door.get(key);
    return {
      history: (history?.S === undefined ? [] : JSON.parse(history.S)) as History,
      version,
      expiresAt: Number(expiresAt?.N ?? 0),
    };
  };

  return {
    async read(name) {
      return (await item(keyOf(name))).history;
    },
    async add(name, moments) {
      const key = keyOf(name);
      for (let tries = 0; tries < maxTries; tries++) {
        const { history, version, expiresAt } = await item(key);
        const next = fitted(moments.reduce(withMoment, history));
        const isNew = JSON.stringify(next) !== JSON.stringify(history);
        // Existing resources stay alive: hourly snapshots that see nothing new write once in three months.
        if (!isNew && expiresAt > now() / 1000 + (keepDays / 2) * 86_400) return false;
        const { changed } = await door.update(key, {
          set: {
            history: { S: JSON.stringify(next) },
            version: nextVersion(version),
            expiresAt: { N: String(Math.floor(now() / 1000) + keepDays * 86_400) },
          },
          condition: ifUnchanged(version),
        });
        if (changed) return isNew;
      }
      throw new Error(
        `expected to be the only writer of ${key}, found it written by others ${maxTries} times`,
      );
    },
  };
}
