import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { fieldsOf, given, listOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, refused, requested } from "../support/outcomes";

/**
 * Revokes the grant. The rollback creates an equal one with another ID.
 *
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html
 */
export const fixKmsGrantCreated: Remediation = {
  id: "kms-grant-created",
  reads: ["kms:ListGrants"],
  writes: ["kms:RevokeGrant"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["keyId"]);
    if ("outcome" in asked) return asked;
    const KeyId = asked.values.keyId;
    const GrantId = textOf(fieldsOf(finding.record.responseElements).grantId);
    if (GrantId === undefined) return refused("the record does not contain responseElements.grantId");
    const call = callsTo("kms", finding.region);
    const gone = ["NotFoundException", "InvalidGrantIdException"];
    const answer = await unlessGone(aws(call("ListGrants", { KeyId, GrantId })), gone);
    const [live] = listOf(answer?.Grants).map(fieldsOf);
    if (live === undefined) return alreadyOk(`the grant ${GrantId} is gone`);
    return {
      summary: `Revoke the grant ${GrantId} of the key ${KeyId}`,
      calls: [{ ...call("RevokeGrant", { KeyId, GrantId }), doneWhen: gone }],
      rollback: [
        call(
          "CreateGrant",
          given({
            KeyId,
            GranteePrincipal: live.GranteePrincipal,
            RetiringPrincipal: live.RetiringPrincipal,
            Operations: live.Operations,
            Constraints: live.Constraints,
            // A missing value is listed as an empty one, which the API does not accept.
            Name: live.Name || undefined,
          }),
        ),
      ],
    };
  },
};
