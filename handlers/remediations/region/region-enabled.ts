import { type CallAws, callsTo } from "../../aws/call";
import { textOf } from "../../json";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, globalRegion, refused } from "../support/outcomes";

/**
 * Disables the region again. Resources created there in the meantime stay, keep costing money, and cannot be reached until
 * the region is enabled. AWS takes minutes to hours, and does not start while the region is being enabled.
 *
 * Source: https://docs.aws.amazon.com/accounts/latest/reference/API_DisableRegion.html
 */
export const fixRegionEnabled: Remediation = {
  id: "region-enabled",
  reads: ["account:GetRegionOptStatus"],
  writes: ["account:DisableRegion"],
  async plan(finding: Finding, aws: CallAws) {
    const RegionName = textParameterOf(finding.record, "regionName");
    if (RegionName === undefined) return refused("the record does not say which region was enabled");
    const member = textParameterOf(finding.record, "accountId");
    const input = member === undefined ? { RegionName } : { AccountId: member, RegionName };
    const home = globalRegion("account", finding);
    if ("outcome" in home) return home;
    const call = callsTo("account", home.region);
    const status = textOf((await aws(call("GetRegionOptStatus", input))).RegionOptStatus) ?? "unknown";
    if (status === "DISABLED" || status === "DISABLING")
      return alreadyOk(`${RegionName} is ${status.toLowerCase()}`);
    if (status !== "ENABLED")
      return refused(`${RegionName} is ${status.toLowerCase()}: it can be disabled once it is enabled`);
    return {
      summary: `Disable the region ${RegionName}`,
      calls: [call("DisableRegion", input)],
      rollback: [call("EnableRegion", input)],
    };
  },
};
