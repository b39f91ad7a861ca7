import { expect } from "chai";
import { createAsking } from "../../../../handlers/detections/asking";
import { createDetect, type DetectSettings, type Hit } from "../../../../handlers/detections/detect";
import type { CloudTrailRecord } from "../../../../handlers/cloudtrail/record";
import { detections } from "../../../../handlers/detections/index";
import { type Case, emptyContext } from "./cases";

/** What the cases run on. */
export interface Subject {
  name: string;
  createDetect(settings: DetectSettings): (record: CloudTrailRecord) => Hit[];
}

/** The source. What runs in Lambda is the same, serialized, and is added to the list where it is created. */
export const source: Subject = {
  name: "the source",
  createDetect: (settings) => createDetect(settings, detections),
};

/** The hits of one detection on the record of a case: from the record alone, or from the answers. */
export function hitsOf(
  subject: Subject,
  id: string,
  { record, context = {}, answers }: Pick<Case, "record" | "context" | "answers">,
): Hit[] {
  const settings = { detections: {}, context: { ...emptyContext, ...context } };
  const hits = subject
    .createDetect(settings)(record)
    .filter(({ detection }) => detection.id === id);
  if (answers === undefined || hits.length > 0) return hits;
  const { askedAbout, decide } = createAsking(settings, detections);
  return askedAbout(record)
    .filter(({ detection }) => detection.id === id)
    .flatMap((asked) => {
      expect(asked.asks.length, `what ${id} asks`).equal(answers.length);
      const decided = decide(
        asked,
        answers.map((value) => ({ value })),
      );
      return decided === undefined || "open" in decided ? [] : [decided];
    });
}
