import type { CloudTrailRecord } from "../../cloudtrail/record";
import { fieldsOf, textOf } from "../../json";
import type { DetectionContext } from "../../settings";
import type { Evidence, Match } from "../detection";
import { isInNetworks, isPublicAddress } from "./network";

/**
 * What makes it more severe that users created a credential for themselves: a request from outside the configured networks.
 * Without configured networks, nothing is outside.
 */
export function fromOutside(
  record: CloudTrailRecord,
  { ownNetworks }: DetectionContext,
): Pick<Match, "severity" | "evidence"> {
  const { sourceIPAddress: value } = record;
  if (ownNetworks.length === 0 || !isPublicAddress(value) || isInNetworks(value, ownNetworks))
    return { evidence: [] };
  const evidence: Evidence = { parameter: "sourceIPAddress", value, why: "is in none of your own networks" };
  return { severity: "high", evidence: [evidence] };
}

/** Whether a call was made with a user's access key, not in a session that started with a password or another service. */
export function isByAccessKey(record: CloudTrailRecord): boolean {
  const { type, accessKeyId } = fieldsOf(record.userIdentity);
  return type === "IAMUser" && textOf(accessKeyId)?.startsWith("AKIA") === true;
}
