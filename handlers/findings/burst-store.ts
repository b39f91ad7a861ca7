import type { CallAws } from "../aws/call";
import type { BurstStore } from "../detections/bursts";

/** What the store works with. */
export interface BurstStoreOptions {
  table: string;
  region: string;
}

/** DynamoDB's limit of an item is 400 KB; a set of so many members of 140 bytes at most stays below it. */
const maxMembers = 2_000;

/**
 * Bursts in the findings table: one item for each set, key `id` (S), members in the string set `members`, TTL attribute
 * `expiresAt` (N, epoch s). One update adds and reads at once. A set that is full takes no more members: it has been
 * a burst many times over.
 *
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function createBurstStore(aws: CallAws, { table, region }: BurstStoreOptions): BurstStore {
  return {
    async add(key, members, expiresAt) {
      try {
        const answer = await aws({
          service: "dynamodb",
          operation: "UpdateItem",
          region,
          input: {
            TableName: table,
            Key: { id: { S: key } },
            UpdateExpression: "ADD #members :members SET expiresAt = :expiresAt",
            ConditionExpression: "attribute_not_exists(#members) OR size(#members) < :most",
            ExpressionAttributeNames: { "#members": "members" },
            ExpressionAttributeValues: {
              ":members": { SS: members },
              ":expiresAt": { N: String(expiresAt) },
              ":most": { N: String(maxMembers) },
            },
            ReturnValues: "ALL_NEW",
          },
        });
        return membersOf(answer.Attributes);
      } catch (error) {
        if ((error as { name?: unknown }).name !== "ConditionalCheckFailedException") throw error;
      }
      const full = await aws({
        service: "dynamodb",
        operation: "GetItem",
        region,
        input: { TableName: table, Key: { id: { S: key } }, ConsistentRead: true },
      });
      return [...membersOf(full.Item), ...members];
    },
  };
}

function membersOf(item: unknown): string[] {
  return (item as { members?: { SS?: string[] } } | undefined)?.members?.SS ?? [];
}
