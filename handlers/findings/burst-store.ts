import type { CallAws } from "../aws/call";
import { type Attributes, createTable } from "../aws/table";
import type { BurstStore } from "../detections/bursts";

/** What the store needs. */
export interface BurstStoreOptions {
  table: string;
  region: string;
}

/** DynamoDB limits an item to 400 KB; a set of this many members of at most 140 bytes stays below it. */
const maxMembers = 2_000;

/**
 * Bursts in the findings table: one item for each set, with its members in the string set `members`. One update both adds
 * and reads. A full set takes no more members: it is long since a burst.
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
