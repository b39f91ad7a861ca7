import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { fieldsOf, given, plainTextOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, refused, globalRegion } from "../support/outcomes";

/**
 * Cancels the invitation while it is open. The rollback invites the account again.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html
 */
export const fixOrganizationAccountInvited: Remediation = {
  id: "organization-account-invited",
  reads: ["organizations:DescribeHandshake"],
  writes: ["organizations:CancelHandshake"],
  async plan(finding: Finding, aws: CallAws) {
    const { record } = finding;
    const HandshakeId = textOf(fieldsOf(fieldsOf(record.responseElements).handshake).id);
    if (HandshakeId === undefined)
      return refused("the record does not contain responseElements.handshake.id");
    const place = globalRegion("organizations", finding);
    if ("outcome" in place) return place;
    const call = callsTo("organizations", place.region);
    const answer = await unlessGone(aws(call("DescribeHandshake", { HandshakeId })), [
      "HandshakeNotFoundException",
    ]);
    const state = plainTextOf(fieldsOf(answer?.Handshake).State);
    if (state === "ACCEPTED")
      return changedSince(`the invitation ${HandshakeId} was accepted: the account must be removed by hand`);
    if (!["OPEN", "REQUESTED"].includes(state)) return alreadyOk(`the invitation ${HandshakeId} is not open`);
    const target = fieldsOf(fieldsOf(record.requestParameters).target);
    const Target = { Id: textOf(target.id), Type: textOf(target.type) };
    const isKnown = Target.Id !== undefined && Target.Type !== undefined;
    return {
      summary: `Cancel the invitation ${HandshakeId}`,
      calls: [
        {
          ...call("CancelHandshake", { HandshakeId }),
          doneWhen: ["HandshakeAlreadyInStateException", "HandshakeNotFoundException"],
        },
      ],
      rollback: isKnown ? [call("InviteAccountToOrganization", given({ Target }))] : [],
    };
  },
};
