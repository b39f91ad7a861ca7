import { readFileSync } from "node:fs";
import { join } from "node:path";
import { detections } from "../../handlers/detections/index";

/** The file of the ids that detections have had: modes and exceptions of others name them. */
export const pinnedIds = "test/handlers/detections/ids.json";

/** The pinned ids and those of new detections. An id whose detection is gone stays, so that a test fails. */
export function pinnedIdsFile(): string {
  const pinned = JSON.parse(readFileSync(join(__dirname, "../..", pinnedIds), "utf8")) as string[];
  const ids = new Set([...pinned, ...detections.map(({ id }) => id)]);
  return `${JSON.stringify([...ids].sort(), null, 2)}\n`;
}
