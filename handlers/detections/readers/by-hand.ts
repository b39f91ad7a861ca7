import { parameterOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { DetectionContext } from "../../settings";
import type { Match, Resource } from "../detection";
import { resourcesOf, shown } from "./evidence";
import { isAutomation, isAwsService } from "./principal";

/**
 * Whether the call was made neither by an AWS service (for somebody, whose call to that service is what matters) nor by
 * configured automation.
 */
export function isByHand(record: CloudTrailRecord, context: DetectionContext): boolean {
  return !isAwsService(record) && !isAutomation(record, context);
}

/** The resources that parameters of the call name, one or many each. */
export function named(record: CloudTrailRecord, type: string, ...parameters: string[]): Resource[] {
  return resourcesOf(type, ...parameters.flatMap((name) => textsIn(parameterOf(record, name))));
}

/** The match of a call that matters if anybody makes it by hand; undefined if nobody did. */
export function calledByHand(
  record: CloudTrailRecord,
  context: DetectionContext,
  evidence: string[],
  resources: Resource[] = [],
): Match | undefined {
  if (!isByHand(record, context)) return undefined;
  return { evidence: shown(record, ...evidence), resources };
}

function textsIn(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
