import { createDetect, type DetectSettings, type Hit } from "../../../../handlers/detections/detect";
import type { CloudTrailRecord } from "../../../../handlers/cloudtrail/record";
import { detections } from "../../../../handlers/detections/index";
import { type Case, emptyContext } from "./cases";

/** What the cases are run on. */
export interface Subject {
  name: string;
  createDetect(settings: DetectSettings): (record: CloudTrailRecord) => Hit[];
}

/** The source as it stands. What runs in Lambda is this, serialized: it is added to the list where it is made. */
export const source: Subject = {
  name: "the source",
  createDetect: (settings) => createDetect(settings, detections),
};

/** The hits of one detection on the record of a case. */
export function hitsOf(
  subject: Subject,
  id: string,
  { record, context = {} }: Pick<Case, "record" | "context">,
): Hit[] {
  const detect = subject.createDetect({ detections: {}, context: { ...emptyContext, ...context } });
  return detect(record).filter(({ detection }) => detection.id === id);
}
