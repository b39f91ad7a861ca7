import { hiddenParameters } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Match } from "../detection";

/**
 * The match of a record with invisible parameters: an alert that says so, without a fix. Undefined if they are visible. For
 * detections that must inspect the parameters to decide.
 */
export function uninspected(record: CloudTrailRecord): Match | undefined {
  const hidden = hiddenParameters(record);
  if (hidden === undefined) return undefined;
  return {
    evidence: [
      { parameter: "requestParameters", value: record.requestParameters, why: "could not be inspected" },
    ],
    resources: [],
    couldNotInspect: hidden,
  };
}
