import { type CallAws, callsTo } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk } from "../support/outcomes";

/**
 * Disables the serial console of the account's instances in the region again, unless it is known to have been enabled
 * before. Open sessions end with their connection.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSerialConsoleAccess.html
 */
export const fixEc2SerialConsoleEnabled: Remediation = {
  id: "ec2-serial-console-enabled",
  reads: ["ec2:GetSerialConsoleAccessStatus"],
  writes: ["ec2:DisableSerialConsoleAccess"],
  baselines: ["serialConsole"],
  async plan({ region }: Finding, aws: CallAws, context?: PlanContext) {
    const call = callsTo("ec2", region);
    const live = await aws(call("GetSerialConsoleAccessStatus", {}));
    if (live.SerialConsoleAccessEnabled !== true)
      return alreadyOk(`the serial console is disabled in ${region}`);
    const before = await baselineFor(context, baselineKinds.serialConsole, region, "account");
    if (before?.GetSerialConsoleAccessStatus?.SerialConsoleAccessEnabled === true)
      return alreadyOk(`the serial console was enabled in ${region} before`);
    return {
      summary: `Disable the serial console of instances in ${region}`,
      calls: [call("DisableSerialConsoleAccess", {})],
      rollback: [call("EnableSerialConsoleAccess", {})],
    };
  },
};
