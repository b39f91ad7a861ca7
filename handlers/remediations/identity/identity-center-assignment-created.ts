import { type CallAws, callsTo } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";

/** Maximum number of pages read: far more than a permission set has assignments in an account. */
const maxPages = 100;

/**
 * Deletes the assignment. Existing sessions last until they expire.
 *
 * Source: https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DeleteAccountAssignment.html
 */
export const fixIdentityCenterAssignmentCreated: Remediation = {
  id: "identity-center-assignment-created",
  reads: ["sso:ListAccountAssignments"],
  writes: ["sso:DeleteAccountAssignment"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, [
      "instanceArn",
      "targetId",
      "permissionSetArn",
      "principalType",
      "principalId",
    ]);
    if ("outcome" in asked) return asked;
    const { instanceArn: InstanceArn, targetId, permissionSetArn: PermissionSetArn } = asked.values;
    const { principalType: PrincipalType, principalId: PrincipalId } = asked.values;
    const call = callsTo("sso-admin", finding.region);
    const what = `the assignment of ${PermissionSetArn} to the ${PrincipalType.toLowerCase()} ${PrincipalId} in ${targetId}`;
    let token: unknown;
    for (let page = 0; page < maxPages; page++) {
      const answer = await aws(
        call("ListAccountAssignments", {
          InstanceArn,
          AccountId: targetId,
          PermissionSetArn,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
      const isThere = listOf(answer.AccountAssignments)
        .map(fieldsOf)
        .some((one) => one.PrincipalId === PrincipalId && one.PrincipalType === PrincipalType);
      const assignment = {
        InstanceArn,
        TargetId: targetId,
        TargetType: "AWS_ACCOUNT",
        PermissionSetArn,
        PrincipalType,
        PrincipalId,
      };
      if (isThere)
        return {
          summary: `Delete ${what}`,
          calls: [call("DeleteAccountAssignment", assignment)],
          rollback: [call("CreateAccountAssignment", assignment)],
        };
      token = answer.NextToken;
      if (token === undefined || token === null) break;
    }
    return alreadyOk(`${what} is gone`);
  },
};
