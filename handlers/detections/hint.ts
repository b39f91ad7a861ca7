import type { FieldHint, HintField } from "../cloudtrail/reader/index";
import type { DetectionContext } from "../settings";

/**
 * What the JSON of every record that a detection can match contains, byte for byte.
 *
 * Nearly all records concern no detection. Parsing one takes 5 to 8 µs, and running the detections as long again; scanning
 * its bytes takes half a microsecond. So the reader of log files looks for hints in the bytes, and skips records without any.
 *
 * A hint may only skip records that its detection cannot match. It is necessary, never sufficient: `match` decides. Where
 * something could hide a hint (an escape in the field, a string in place of the parameters, or `omitted`), the reader passes
 * the record on. `test/handlers/detections/hints.test.ts` checks every hint against its detection's `match`.
 *
 * - A detection on every event (`*`) must have a hint, in a field that the reader searches in every record. It then sees only
 *   records for which its hint holds.
 * - A detection on frequent, nearly always harmless events (`s3:PutObject`, `s3:GetObject`) may have a hint in
 *   `requestParameters`, which the reader searches only for those events, or in `userIdentity`. This saves nothing for an
 *   event that another detection names without such a hint.
 */
export type Hint = EveryEventHint | NamedEventHint;

/** For a detection on every event. */
export interface EveryEventHint extends Pick<FieldHint, "field" | "texts"> {
  /** Another field, if it is a string, must pass this test as well. Pure; called once for each string. */
  and?: { field: HintField; may(value: string, context: Omit<DetectionContext, "account">): boolean };
}

/** For a detection on named events. */
export interface NamedEventHint {
  field: "requestParameters" | "userIdentity";
  texts: string[];
  /** Further texts from the stack's configuration. Without any text the detection matches nothing. */
  own?(context: Omit<DetectionContext, "account">): string[];
}
