import { type CallAws, callsTo } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk } from "../support/outcomes";

/**
 * Encrypts new volumes in the region by default again, unless they are known not to have been before. Volumes created in the
 * meantime stay as they are.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html
 */
export const fixEbsDefaultEncryptionDisabled: Remediation = {
  id: "ebs-default-encryption-disabled",
  reads: ["ec2:GetEbsEncryptionByDefault"],
  writes: ["ec2:EnableEbsEncryptionByDefault"],
  baselines: ["ebsEncryption"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const call = callsTo("ec2", finding.region);
    const live = await aws(call("GetEbsEncryptionByDefault", {}));
    if (live.EbsEncryptionByDefault === true)
      return alreadyOk(`new volumes in ${finding.region} are encrypted by default`);
    const before = await baselineFor(context, baselineKinds.ebsEncryption, finding.region, "account");
    if (before?.GetEbsEncryptionByDefault?.EbsEncryptionByDefault === false)
      return alreadyOk(`new volumes in ${finding.region} were not encrypted by default before either`);
    return {
      summary: `Encrypt new EBS volumes in ${finding.region} by default`,
      calls: [call("EnableEbsEncryptionByDefault", {})],
      rollback: [call("DisableEbsEncryptionByDefault", {})],
    };
  },
};
