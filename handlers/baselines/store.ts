import type { CallAws } from "../aws/call";
import { type Change, fitted, type History, type Look, withMoment } from "./history";

/** The histories of resources in the findings table. */
export interface BaselineStore {
  read(key: string): Promise<History>;
  /**
   * Adds moments to a history. @returns whether anything was new
   *
   * @throws Error if others keep writing to the same history
   */
  add(key: string, moments: (Look | Change)[]): Promise<boolean>;
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
  { table, region, now }: { table: string; region: string; now(): number },
): BaselineStore {
  const dynamodb = (operation: string, key: string, rest: Record<string, unknown>) =>
    aws({
      service: "dynamodb",
      operation,
      region,
      input: { TableName: table, Key: { id: { S: key } }, ...rest },
    });

  const item = async (key: string) => {
    const { Item = {} } = await dynamodb("GetItem", key, { ConsistentRead: true });
    const { history, version, expiresAt } = Item as Record<string, { S?: string; N?: string } | undefined>;
    return {
      history: (history?.S === undefined ? [] : JSON.parse(history.S)) as History,
      version: Number(version?.N ?? 0),
      expiresAt: Number(expiresAt?.N ?? 0),
    };
  };

  const write = (key: string, history: History, version: number) =>
    dynamodb("UpdateItem", key, {
      UpdateExpression: "SET history = :history, version = :next, expiresAt = :expires",
      ConditionExpression: version === 0 ? "attribute_not_exists(version)" : "version = :version",
      ExpressionAttributeValues: {
        ":history": { S: JSON.stringify(history) },
        ":next": { N: String(version + 1) },
        ":expires": { N: String(Math.floor(now() / 1000) + keepDays * 86_400) },
        ...(version === 0 ? {} : { ":version": { N: String(version) } }),
      },
    });

  return {
    async read(key) {
      return (await item(key)).history;
    },
    async add(key, moments) {
      for (let tries = 0; tries < maxTries; tries++) {
        const { history, version, expiresAt } = await item(key);
        const next = fitted(moments.reduce(withMoment, history));
        const isNew = JSON.stringify(next) !== JSON.stringify(history);
        // Existing resources stay alive: hourly snapshots that see nothing new write once in three months.
        if (!isNew && expiresAt > now() / 1000 + (keepDays / 2) * 86_400) return false;
        try {
          await write(key, next, version);
          return isNew;
        } catch (error) {
          if ((error as Error).name !== "ConditionalCheckFailedException") throw error;
        }
      }
      throw new Error(
        `expected to be the only writer of ${key}, found it written by others ${maxTries} times`,
      );
    },
  };
}
