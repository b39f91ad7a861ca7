import { type GlobalService, globalRegionOf, partitionOf } from "../../aws/regions";
import { fieldsOf, textOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { NoPlan } from "../remediation";

/** The request parameters of a finding's record that must be strings, or why there can be no plan. */
export function requested<Name extends string>(
  finding: Finding,
  names: Name[],
): { values: Record<Name, string> } | NoPlan {
  const parameters = fieldsOf(finding.record.requestParameters);
  const values = {} as Record<Name, string>;
  for (const name of names) {
    const value = textOf(parameters[name]);
    if (value === undefined || value === "")
      return refused(`the record does not contain requestParameters.${name}`);
    values[name] = value;
  }
  return { values };
}

/** No plan: what the event did is already reverted. */
export function alreadyOk(reason: string): NoPlan {
  return { outcome: "already-ok", reason };
}

/** No plan: somebody changed the same thing after the event, and that must stay. */
export function changedSince(reason: string): NoPlan {
  return { outcome: "changed-since", reason };
}

/** No plan: it would not be right. */
export function refused(reason: string): NoPlan {
  return { outcome: "refused", reason };
}

/** No plan: the record does not contain the state before the event, and neither does a baseline. */
export function needsBaseline(reason: string): NoPlan {
  return { outcome: "needs-baseline", reason };
}

/** The region where a service serves a finding's partition, or no plan if the partition does not have it. */
export function globalRegion(
  service: GlobalService,
  { region }: Pick<Finding, "region">,
): { region: string } | NoPlan {
  const found = globalRegionOf(service, region);
  return found === undefined
    ? refused(`the partition ${partitionOf(region)} does not have the service ${service}`)
    : { region: found };
}

/** IAM's errors for a missing user, role, group, policy or key, or a missing attachment. */
export const iamGone = ["NoSuchEntityException", "NoSuchEntity"];
