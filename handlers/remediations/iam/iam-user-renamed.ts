import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { iamRegionOf } from "../../aws/regions";
import { alreadyOk, iamGone, needsBaseline, refused } from "../support/outcomes";

/**
 * Restores the name of the user or group. The event does not contain the previous path.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
 * and https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html
 */
export const fixIamUserRenamed: Remediation = {
  id: "iam-user-renamed",
  reads: ["iam:GetGroup", "iam:GetUser"],
  writes: ["iam:UpdateGroup", "iam:UpdateUser"],
  async plan({ record, region }: Finding, aws: CallAws) {
    const kind = nameOf(record) === "UpdateGroup" ? "Group" : "User";
    const request = fieldsOf(record.requestParameters);
    const before = textOf(request[`${kind.toLowerCase()}Name`]);
    const after = textOf(request[`new${kind}Name`]);
    if (textOf(request.newPath) !== undefined)
      return needsBaseline("the record does not contain the path as it was before");
    if (before === undefined || after === undefined)
      return refused(`the record does not contain both names of the ${kind.toLowerCase()}`);
    const call = callsTo("iam", iamRegionOf(region));
    const live = await unlessGone(aws(call(`Get${kind}`, { [`${kind}Name`]: after })), iamGone);
    if (live === undefined) return alreadyOk(`there is no ${kind.toLowerCase()} ${after} any more`);
    const rename = (from: string, to: string) =>
      call(`Update${kind}`, { [`${kind}Name`]: from, [`New${kind}Name`]: to });
    return {
      summary: `Rename the ${kind.toLowerCase()} ${after} back to ${before}`,
      calls: [{ ...rename(after, before), doneWhen: iamGone }],
      rollback: [rename(before, after)],
    };
  },
};
