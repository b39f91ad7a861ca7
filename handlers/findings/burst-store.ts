import type { CallAws } from "../aws/call";
import { type Attributes, createTable } from "../aws/table";
import type { BurstStore } from "../detections/bursts";

/** What the store works with. */
export interface BurstStoreOptions {
  table: string;
  region: string;
}

/** DynamoDB's limit of an item is 400 KB; a set of so many members of 140 bytes at most stays below it. */
const maxMembers = 2_000;

/**
 * Bursts in the findings table: one item for each set, members in the string set `members`. One update adds and reads at
 * once. A set that is full takes no more members: it has been a burst many times over.
 */
export function createBurstStore(aws: CallAws, options: BurstStoreOptions): BurstStore {
  const table = createTable(aws, options);
  return {
    async add(key, members, expiresAt) {
      const added = await table.update(key, {
        add: { members: { SS: members } },
        set: { expiresAt: { N: String(expiresAt) } },
        condition: {
          expression: "attribute_not_exists(members) OR size(members) < :max",
          values: { ":max": { N: String(maxMembers) } },
        },
      });
      if (added.changed) return membersOf(added.item);
      return [...membersOf(await table.get(key)), ...members];
    },
  };
}

function membersOf(item: Attributes): string[] {
  return item.members?.SS ?? [];
}
