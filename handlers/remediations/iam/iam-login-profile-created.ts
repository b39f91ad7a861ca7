import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { eventTimeOf } from "../../cloudtrail/event-time";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, refused } from "../support/outcomes";

/** How much later than the event's whole second IAM may date the password, in ms. */
const tolerance = 60_000;

/**
 * Deletes the console password that the event created. Only its creator knows it, so it cannot be restored: the receipt is
 * empty, and a password that is needed must be created again.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html
 */
export const fixIamLoginProfileCreated: Remediation = {
  id: "iam-login-profile-created",
  reads: ["iam:GetLoginProfile"],
  writes: ["iam:DeleteLoginProfile"],
  async plan(finding: Finding, aws: CallAws) {
    const UserName = textParameterOf(finding.record, "userName");
    if (UserName === undefined) return refused("the record does not say whose password was created");
    const call = callsTo("iam", iamRegionOf(finding.region));
    const answer = await unlessGone(aws(call("GetLoginProfile", { UserName })), iamGone);
    if (answer === undefined) return alreadyOk(`the user ${UserName} has no console password`);
    // The SDK returns a Date here.
    const { CreateDate } = (answer.LoginProfile ?? {}) as { CreateDate?: Date | string };
    const made = CreateDate === undefined ? Number.NaN : new Date(CreateDate).getTime();
    if (made > eventTimeOf(finding.record) + tolerance)
      return changedSince(`the console password of ${UserName} was recreated`);
    return {
      summary: `Delete the console password of the user ${UserName}`,
      calls: [call("DeleteLoginProfile", { UserName }, { doneWhen: iamGone })],
      rollback: [],
    };
  },
};
