import type { DetectionContext } from "../../settings";
import { textOf } from "../../json";
import { type CloudTrailRecord } from "../../cloudtrail/record";
import type { Evidence } from "../detection";
import { valueAt } from "./evidence";
import { isOwnOrganizationArn } from "./organization";
import { isOutsider } from "./principal";
import { objectsOf } from "../../cloudtrail/parameters";

/**
 * Outsiders that a change of a snapshot's or image's permission adds: everyone, an untrusted account or organization. What
 * the change removes is ignored.
 *
 * @param permission `createVolumePermission`, `launchPermission`
 */
export function sharedWith(
  record: CloudTrailRecord,
  permission: "createVolumePermission" | "launchPermission",
  context: DetectionContext,
): Evidence[] {
  const path = `requestParameters.${permission}.add`;
  return objectsOf(valueAt(record, path)).flatMap((item, index) => {
    const evidence = (field: string, why: string): Evidence[] => [
      { parameter: `${path}.items[${index}].${field}`, value: item[field], why },
    ];
    if (item.group === "all") return evidence("group", "is every AWS account");
    const account = textOf(item.userId);
    if (account !== undefined && isOutsider(account, context))
      return evidence("userId", "is another account");
    for (const field of ["organizationArn", "organizationalUnitArn"]) {
      const arn = textOf(item[field]);
      if (arn === undefined || isOwnOrganizationArn(arn, context)) continue;
      return evidence(field, "is every account of an organization that is not known to be yours");
    }
    return [];
  });
}
