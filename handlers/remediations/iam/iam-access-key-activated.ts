import type { CallAws } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { fieldsOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { deactivationReads, deactivationWrites, planDeactivation } from "../support/deactivate-key";
import { refused } from "../support/outcomes";

/** Deactivates the access key again. */
export const fixIamAccessKeyActivated: Remediation = {
  id: "iam-access-key-activated",
  reads: deactivationReads,
  writes: deactivationWrites,
  async plan({ record, region, actor }: Finding, aws: CallAws) {
    const request = fieldsOf(record.requestParameters);
    const accessKeyId = textOf(request.accessKeyId);
    // Without a name it is the caller's own key.
    const own = actor.type === "IAMUser" ? textOf(fieldsOf(record.userIdentity).userName) : undefined;
    const userName = textOf(request.userName) ?? own;
    if (userName === undefined || accessKeyId === undefined)
      return refused("the record does not say which access key was activated for whom");
    return planDeactivation({ region }, userName, accessKeyId, aws);
  },
};
