import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, textOf, sameJson } from "../../json";
import { objectsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, requested } from "./outcomes";

/** EC2's errors for a missing snapshot or image. */
const gone = ["InvalidSnapshot.NotFound", "InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"];

/** The API's names for something that can be shared. */
interface Shareable {
  /** `Snapshot`, as in `ModifySnapshotAttribute`. */
  kind: "Snapshot" | "Image";
  /** The attribute in the API, and the field of the record: `createVolumePermission`. */
  attribute: "createVolumePermission" | "launchPermission";
  /** The member that changes it: `CreateVolumePermission`. */
  change: string;
  /** The member of the answer that lists it: `CreateVolumePermissions`. */
  list: string;
}

/** Stops sharing with those that the event added and the detection names; all others stay. */
export function stopSharing(id: string, { kind, attribute, change, list }: Shareable): Remediation {
  return {
    id,
    reads: [`ec2:Describe${kind}Attribute`],
    writes: [`ec2:Modify${kind}Attribute`],
    async plan(finding: Finding, aws: CallAws) {
      const parameter = `${kind.toLowerCase()}Id`;
      const asked = requested(finding, [parameter]);
      if ("outcome" in asked) return asked;
      const shared = { [`${kind}Id`]: asked.values[parameter] };
      const what = `the ${kind.toLowerCase()} ${asked.values[parameter]}`;
      const call = callsTo("ec2", finding.region);
      const answer = await unlessGone(
        aws(call(`Describe${kind}Attribute`, { ...shared, Attribute: attribute })),
        gone,
      );
      if (answer === undefined) return alreadyOk(`${what} is gone`);
      const live = listOf(answer[list]);
      const grantees = granteesOf(finding, attribute).filter((one) =>
        live.some((other) => sameJson(one, other)),
      );
      if (grantees.length === 0) return alreadyOk(`${what} is shared with nobody that the event added`);
      const modify = (how: "Add" | "Remove") =>
        call(`Modify${kind}Attribute`, { ...shared, Attribute: attribute, [change]: { [how]: grantees } });
      return {
        summary: `Stop sharing ${what} with ${grantees.flatMap((one) => Object.values(one)).join(", ")}`,
        calls: [{ ...modify("Remove"), doneWhen: gone }],
        rollback: [modify("Add")],
      };
    },
  };
}

/** The grantees that the evidence points to, in the API's form: `{ UserId: "444455556666" }`, `{ Group: "all" }`. */
function granteesOf({ match, record }: Finding, attribute: Shareable["attribute"]): Record<string, string>[] {
  // As counted by the detection.
  const added = objectsOf(fieldsOf(fieldsOf(record.requestParameters)[attribute]).add);
  return match.evidence.flatMap(({ parameter }) => {
    const [, index, field] = /\.add\.items\[(\d+)\]\.(\w+)$/.exec(parameter) ?? [];
    if (index === undefined || field === undefined) return [];
    const value = textOf(fieldsOf(added[Number(index)])[field]);
    return value === undefined ? [] : [{ [field.charAt(0).toUpperCase() + field.slice(1)]: value }];
  });
}
