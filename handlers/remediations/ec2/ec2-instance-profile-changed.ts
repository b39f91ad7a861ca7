import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused } from "../support/outcomes";

/**
 * Removes the instance profile that the event associated with the instance. The record does not contain the one that a
 * replaced association had before. Credentials that the instance fetched in the meantime are valid until they expire.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateIamInstanceProfile.html
 */
export const fixEc2InstanceProfileChanged: Remediation = {
  id: "ec2-instance-profile-changed",
  reads: ["ec2:DescribeIamInstanceProfileAssociations"],
  writes: ["ec2:DisassociateIamInstanceProfile"],
  async plan({ record, match, region }: Finding, aws: CallAws) {
    if (nameOf(record) === "ReplaceIamInstanceProfileAssociation")
      return needsBaseline("the record does not contain the instance profile that was replaced");
    const idOf = (type: string) => match.resources.find((resource) => resource.type === type)?.id;
    const id = idOf("AWS::EC2::IamInstanceProfileAssociation");
    if (id === undefined) return refused("the record does not contain the id of the association");
    const call = callsTo("ec2", region);
    const gone = ["InvalidAssociationID.NotFound"];
    const answer = await unlessGone(
      aws(call("DescribeIamInstanceProfileAssociations", { AssociationIds: [id] })),
      gone,
    );
    const [live] = listOf(answer?.IamInstanceProfileAssociations).map(fieldsOf);
    if (live === undefined || !["associated", "associating"].includes(plainTextOf(live.State)))
      return alreadyOk(`the association ${id} is gone`);
    const arn = plainTextOf(fieldsOf(live.IamInstanceProfile).Arn);
    // Replacing the profile creates a new association, so another profile under this ID is not from the event.
    const given = idOf("AWS::IAM::InstanceProfile");
    if (given !== undefined && arn !== given && arn.slice(arn.lastIndexOf("/") + 1) !== given)
      return changedSince(`the association ${id} now has the instance profile ${arn}`);
    const InstanceId = live.InstanceId;
    return {
      summary: `Remove the instance profile ${arn} from the instance ${plainTextOf(InstanceId)}`,
      calls: [{ ...call("DisassociateIamInstanceProfile", { AssociationId: id }), doneWhen: gone }],
      rollback: [call("AssociateIamInstanceProfile", { InstanceId, IamInstanceProfile: { Arn: arn } })],
    };
  },
};
