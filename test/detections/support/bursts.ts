import {
  type BurstHit,
  createCountBursts,
  createMemoryBurstStore,
} from "../../../handlers/detections/bursts";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { DetectionContext } from "../../../handlers/detections/detection";
import { hitsOf, type Subject } from "./subjects";

/** The bursts of one detection in a list of records. */
export async function burstsOf(
  subject: Subject,
  id: string,
  records: CloudTrailRecord[],
  context: Partial<DetectionContext> = {},
): Promise<BurstHit[]> {
  const hits = records.flatMap((record) =>
    hitsOf(subject, id, { record, context }).map((hit) => ({ hit, record })),
  );
  const countBursts = createCountBursts({
    store: createMemoryBurstStore(),
    thresholds: context.thresholds ?? {},
    now: () => 0,
  });
  return countBursts(hits.filter(({ hit }) => hit.counted !== undefined));
}
