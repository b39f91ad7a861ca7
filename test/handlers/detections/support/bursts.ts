import type { DetectionContext } from "../../../../handlers/settings";
import {
  type BurstHit,
  createBurstBatches,
  createMemoryBurstStore,
} from "../../../../handlers/detections/bursts";
import type { CloudTrailRecord } from "../../../../handlers/cloudtrail/record";
import { hitsOf, type Subject } from "./subjects";

/** The bursts of one detection in a list of records. */
export async function burstsOf(
  subject: Subject,
  id: string,
  records: CloudTrailRecord[],
  context: Partial<DetectionContext> = {},
): Promise<BurstHit[]> {
  const batch = createBurstBatches({
    store: createMemoryBurstStore(),
    thresholds: context.thresholds ?? {},
    now: () => 0,
  })();
  for (const record of records)
    for (const hit of hitsOf(subject, id, { record, context }))
      if (hit.counted !== undefined) batch.add(hit, record);
  return batch.count();
}
