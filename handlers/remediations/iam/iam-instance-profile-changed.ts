import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf } from "../../json";
import type { Remediation } from "../remediation";
import { iamRegionOf } from "../../aws/regions";
import { alreadyOk, iamGone, refused, requested } from "../support/outcomes";

/**
 * Takes the role out of the instance profile. Instances that have the profile lose the role's rights when their credentials
 * run out.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html
 */
export const fixIamInstanceProfileChanged: Remediation = {
  id: "iam-instance-profile-changed",
  reads: ["iam:GetInstanceProfile"],
  writes: ["iam:RemoveRoleFromInstanceProfile"],
  async plan(finding: Finding, aws: CallAws) {
    if (nameOf(finding.record) === "CreateInstanceProfile")
      return refused("an instance profile without a role gives nobody any rights");
    const asked = requested(finding, ["instanceProfileName", "roleName"]);
    if ("outcome" in asked) return asked;
    const { instanceProfileName: InstanceProfileName, roleName: RoleName } = asked.values;
    const call = callsTo("iam", iamRegionOf(finding.region));
    const answer = await unlessGone(aws(call("GetInstanceProfile", { InstanceProfileName })), iamGone);
    const roles = listOf(fieldsOf(answer?.InstanceProfile).Roles).map(fieldsOf);
    const what = `the role ${RoleName} out of the instance profile ${InstanceProfileName}`;
    if (!roles.some((role) => role.RoleName === RoleName)) return alreadyOk(`somebody took ${what}`);
    return {
      summary: `Take ${what}`,
      calls: [
        { ...call("RemoveRoleFromInstanceProfile", { InstanceProfileName, RoleName }), doneWhen: iamGone },
      ],
      rollback: [call("AddRoleToInstanceProfile", { InstanceProfileName, RoleName })],
    };
  },
};
