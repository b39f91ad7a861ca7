import { ifUnchanged, nextVersion, type Table } from "../aws/table";
import type { Doings, NoveltyStore } from "../detections/novelty";

/** The item with the time of the first handled record. It does not expire. */
const beginKey = "novelty#begin";

/**
 * What principals have done, in the findings table: one item for each detection and principal with `doings` (JSON), and one
 * with the time of the first record, `at` (N, epoch s). Each change is a read and a conditional write; an invocation that
 * loses to another reads again.
 */
export function createNoveltyStore(table: Table): NoveltyStore {
  return {
    async begin(at, lower) {
      const value = { N: String(at) };
      const written = lower
        ? await table.update(beginKey, {
            set: { at: value },
            condition: { expression: "attribute_not_exists(at) OR at > :at", values: { ":at": value } },
          })
        : await table.update(beginKey, { setIfMissing: { at: value } });
      const item = written.changed ? written.item : await table.get(beginKey);
      return Number(item.at?.N ?? at);
    },
    async change(key, change, expiresAt) {
      // Terminates: a write is refused only if another invocation has written in the meantime.
      for (;;) {
        const { doings, version } = await table.get(key);
        const before = doingsOf(doings?.S);
        const after = change(before);
        if (after === before) return;
        const written = await table.update(key, {
          set: {
            doings: { S: JSON.stringify(after) },
            version: nextVersion(version),
            expiresAt: { N: String(expiresAt) },
          },
          condition: ifUnchanged(version),
        });
        if (written.changed) return;
      }
    },
  };
}

function doingsOf(text: string | undefined): Doings {
  return text === undefined ? { stretches: [], firsts: [] } : (JSON.parse(text) as Doings);
}
