import type { FieldHint, HintField } from "../cloudtrail/reader/index";
import type { DetectionContext } from "../settings";

/**
 * What stands in the JSON of every record that a detection can match, as raw, case-sensitive bytes.
 *
 * Nearly all records of a log file concern no detection. To parse one costs 5 to 8 µs, to show it to the detections as much
 * again, and to go over its bytes half of one. So the reader of log files looks for hints in the bytes, and passes over a
 * record that has none of them.
 *
 * A hint is necessary and never sufficient: `match` decides. It may pass over such records only as the detection cannot match,
 * and where something may hide it (an escape in the field, parameters that CloudTrail left out, or a text in their place), the
 * reader hands the record on. `test/handlers/detections/hints.test.ts` holds every hint against its detection's `match`.
 *
 * - A detection on every event (`*`) hints at a field that the reader looks at in every record. It is asked only about records
 *   for which its hint holds.
 * - A detection on events that are frequent and nearly always harmless (`s3:PutObject`, `s3:GetObject`) hints at
 *   `requestParameters`, which the reader looks at in records of such events alone, or at `userIdentity`. It saves something
 *   where all detections on an event have such a hint.
 */
export type Hint = EveryEventHint | NamedEventHint;

/** Of a detection on every event. */
export interface EveryEventHint extends Pick<FieldHint, "field" | "texts"> {
  /** Of another field, when that is a text: whether a record with it can match. Pure, and asked once for each text. */
  and?: { field: HintField; may(value: string, context: Omit<DetectionContext, "account">): boolean };
}

/** Of a detection on named events. */
export interface NamedEventHint {
  field: "requestParameters" | "userIdentity";
  texts: string[];
}
