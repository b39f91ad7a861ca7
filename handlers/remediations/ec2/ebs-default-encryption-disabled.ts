import type { Finding } from "../../findings/finding";
import type { CallAws, Remediation } from "../remediation";
import { alreadyOk, callsTo } from "../support";

/**
 * Encrypts new volumes of the region by default again. Volumes made in the meantime stay as they are.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html
 */
export const undoEbsDefaultEncryptionDisabled: Remediation = {
  id: "ebs-default-encryption-disabled",
  reads: ["ec2:GetEbsEncryptionByDefault"],
  writes: ["ec2:EnableEbsEncryptionByDefault"],
  async plan(finding: Finding, aws: CallAws) {
    const call = callsTo("ec2", finding.region);
    const live = await aws(call("GetEbsEncryptionByDefault", {}));
    if (live.EbsEncryptionByDefault === true)
      return alreadyOk(`new volumes in ${finding.region} are encrypted by default`);
    return {
      summary: `Encrypt new EBS volumes in ${finding.region} by default`,
      calls: [call("EnableEbsEncryptionByDefault", {})],
      undo: [call("DisableEbsEncryptionByDefault", {})],
    };
  },
};
