import { type CallAws, callsTo } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk } from "../support/outcomes";

/**
 * Blocks new public sharing again. The event does not show whether existing shares were blocked, too, so they are left as
 * they are.
 *
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html
 * and https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html
 */
export const fixEc2PublicAccessBlockDisabled: Remediation = {
  id: "ec2-public-access-block-disabled",
  reads: ["ec2:GetImageBlockPublicAccessState", "ec2:GetSnapshotBlockPublicAccessState"],
  writes: ["ec2:EnableImageBlockPublicAccess", "ec2:EnableSnapshotBlockPublicAccess"],
  async plan({ record, region }: Finding, aws: CallAws) {
    const isOfImages = nameOf(record) === "DisableImageBlockPublicAccess";
    const kind = isOfImages ? "Image" : "Snapshot";
    const call = callsTo("ec2", region);
    const answer = await aws(call(`Get${kind}BlockPublicAccessState`, {}));
    const state = isOfImages ? answer.ImageBlockPublicAccessState : answer.State;
    const what = `public ${kind.toLowerCase()}s in ${region}`;
    if (state !== "unblocked") return alreadyOk(`new ${what} are blocked`);
    const member = isOfImages ? "ImageBlockPublicAccessState" : "State";
    return {
      summary: `Block new ${what}`,
      calls: [call(`Enable${kind}BlockPublicAccess`, { [member]: "block-new-sharing" })],
      rollback: [call(`Disable${kind}BlockPublicAccess`, {})],
    };
  },
};
