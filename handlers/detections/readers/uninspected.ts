import { hiddenParameters } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Match } from "../detection";

/**
 * The match of a record whose parameters nobody can see: an alert that says so, which is never fixed from. Undefined
 * when they can be seen. For detections that must look into the parameters to tell.
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
