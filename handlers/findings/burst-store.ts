import type { BurstStore } from "../detections/bursts";
import type { CallAws } from "../remediations/remediation";
import type { Settings } from "../settings";

/** Keeps bursts in the findings table: a string set for each key, in the attribute `members`. */
export function createBurstStore(
  aws: CallAws,
  { table, region }: Pick<Settings, "table" | "region">,
): BurstStore {
  return {
    async add(key, members, expiresAt) {
      const answer = await aws({
        service: "dynamodb",
        operation: "UpdateItem",
        region,
        input: {
          TableName: table,
          Key: { id: { S: key } },
          UpdateExpression: "ADD members :members SET expiresAt = :expires",
          ExpressionAttributeValues: { ":members": { SS: members }, ":expires": { N: String(expiresAt) } },
          ReturnValues: "ALL_NEW",
        },
      });
      const item = answer.Attributes as { members?: { SS?: string[] } } | undefined;
      return item?.members?.SS ?? members;
    },
  };
}
