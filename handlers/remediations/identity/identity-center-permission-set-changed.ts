import { type CallAws, callsTo } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, needsBaseline, requested } from "../support/outcomes";

/**
 * Removes the managed policy from the permission set, and provisions the set in the accounts where it is assigned, or nothing
 * would change there. The event does not contain a replaced inline policy or boundary.
 *
 * Sources: https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DetachManagedPolicyFromPermissionSet.html
 * and https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ProvisionPermissionSet.html
 */
export const fixIdentityCenterPermissionSetChanged: Remediation = {
  id: "identity-center-permission-set-changed",
  reads: ["sso:ListManagedPoliciesInPermissionSet"],
  writes: ["sso:DetachManagedPolicyFromPermissionSet", "sso:ProvisionPermissionSet"],
  async plan(finding: Finding, aws: CallAws) {
    const name = nameOf(finding.record);
    if (name !== "AttachManagedPolicyToPermissionSet")
      return needsBaseline(`the record of ${name} does not contain what was there before`);
    const asked = requested(finding, ["instanceArn", "permissionSetArn", "managedPolicyArn"]);
    if ("outcome" in asked) return asked;
    const set = { InstanceArn: asked.values.instanceArn, PermissionSetArn: asked.values.permissionSetArn };
    const policy = { ...set, ManagedPolicyArn: asked.values.managedPolicyArn };
    const call = callsTo("sso-admin", finding.region);
    // A permission set has fewer policies than fit on the first page.
    const answer = await aws(call("ListManagedPoliciesInPermissionSet", set));
    const attached = listOf(answer.AttachedManagedPolicies).map(fieldsOf);
    const what = `${policy.ManagedPolicyArn} from the permission set ${set.PermissionSetArn}`;
    if (!attached.some((one) => one.Arn === policy.ManagedPolicyArn))
      return alreadyOk(`${what} is already detached`);
    const provision = call("ProvisionPermissionSet", { ...set, TargetType: "ALL_PROVISIONED_ACCOUNTS" });
    return {
      summary: `Detach ${what}`,
      calls: [call("DetachManagedPolicyFromPermissionSet", policy), provision],
      rollback: [
        { ...call("AttachManagedPolicyToPermissionSet", policy), reverts: [0] },
        // Last: it deploys the set, as it is then, to the accounts.
        { ...provision, reverts: [1] },
      ],
    };
  },
};
