import type { DetectionContext } from "../../settings";
import { nameInArn } from "../../cloudtrail/parameters";

/** Whether a name or ARN is that of the trail that feeds this system. */
export function isOwnTrail(nameOrArn: string | undefined, { trail }: DetectionContext): boolean {
  if (nameOrArn === undefined || trail === undefined) return false;
  return nameOrArn === trail.arn || nameOrArn === trail.name || nameInArn(nameOrArn) === trail.name;
}
