import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { fieldsOf, listOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, iamGone, requested } from "../support/outcomes";

/**
 * Removes the user from the group again. The user's other groups stay.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html
 */
export const fixIamUserAddedToPrivilegedGroup: Remediation = {
  id: "iam-user-added-to-privileged-group",
  reads: ["iam:ListGroupsForUser"],
  writes: ["iam:RemoveUserFromGroup"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["userName", "groupName"]);
    if ("outcome" in asked) return asked;
    const { userName: UserName, groupName: GroupName } = asked.values;
    const call = callsTo("iam", iamRegionOf(finding.region));
    // More than the ten groups that a user may be in, so one page is enough.
    const answer = await unlessGone(aws(call("ListGroupsForUser", { UserName, MaxItems: 1000 })), iamGone);
    const groups = listOf(answer?.Groups).map(fieldsOf);
    if (!groups.some((group) => group.GroupName === GroupName))
      return alreadyOk(`the user ${UserName} is not in the group ${GroupName}`);
    return {
      // Adding somebody who is already in the group succeeds, and neither the record nor IAM shows that it added nothing.
      summary: `Remove the user ${UserName} from the group ${GroupName} (IAM does not show whether the user was already in it)`,
      calls: [call("RemoveUserFromGroup", { UserName, GroupName }, { doneWhen: iamGone })],
      rollback: [call("AddUserToGroup", { UserName, GroupName })],
    };
  },
};
