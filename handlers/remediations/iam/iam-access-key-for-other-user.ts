import type { CallAws } from "../../aws/call";
import { fieldsOf, textOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { refused } from "../support/outcomes";
import { deactivationReads, deactivationWrites, planDeactivation } from "../support/deactivate-key";

/** Deactivates the new access key. */
export const fixIamAccessKeyForOtherUser: Remediation = {
  id: "iam-access-key-for-other-user",
  reads: deactivationReads,
  writes: deactivationWrites,
  async plan(finding: Finding, aws: CallAws) {
    const key = fieldsOf(fieldsOf(finding.record.responseElements).accessKey);
    const userName = textOf(key.userName) ?? textOf(fieldsOf(finding.record.requestParameters).userName);
    const accessKeyId = textOf(key.accessKeyId);
    if (userName === undefined || accessKeyId === undefined)
      return refused("the record does not say which access key was created for whom");
    return planDeactivation(finding, userName, accessKeyId, aws);
  },
};
