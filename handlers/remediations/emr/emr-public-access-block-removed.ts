import { type CallAws, callsTo } from "../../aws/call";
import { isTrue, objectsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { isOfMostPorts, portRangesOf } from "../../detections/readers/port-ranges";
import { fieldsOf, given } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk } from "../support/outcomes";

/**
 * Blocks clusters with public security groups again. The permitted ports stay as they are, except for ranges of most ports.
 *
 * Source: https://docs.aws.amazon.com/emr/latest/APIReference/API_PutBlockPublicAccessConfiguration.html
 */
export const fixEmrPublicAccessBlockRemoved: Remediation = {
  id: "emr-public-access-block-removed",
  reads: ["elasticmapreduce:GetBlockPublicAccessConfiguration"],
  writes: ["elasticmapreduce:PutBlockPublicAccessConfiguration"],
  async plan({ region }: Finding, aws: CallAws) {
    const call = callsTo("emr", region);
    const answer = await aws(call("GetBlockPublicAccessConfiguration", {}));
    const live = fieldsOf(answer.BlockPublicAccessConfiguration);
    const permitted = live.PermittedPublicSecurityGroupRuleRanges;
    const narrow = objectsOf(permitted).filter((range) => !portRangesOf([range]).some(isOfMostPorts));
    const isOn = isTrue(live.BlockPublicSecurityGroupRules);
    if (isOn && narrow.length === objectsOf(permitted).length)
      return alreadyOk(`public EMR clusters in ${region} are blocked`);
    const put = (BlockPublicSecurityGroupRules: boolean, PermittedPublicSecurityGroupRuleRanges: unknown) =>
      call("PutBlockPublicAccessConfiguration", {
        BlockPublicAccessConfiguration: given({
          BlockPublicSecurityGroupRules,
          PermittedPublicSecurityGroupRuleRanges,
        }),
      });
    return {
      summary: `Block public EMR clusters in ${region}`,
      calls: [put(true, permitted === undefined ? undefined : narrow)],
      rollback: [put(isOn, permitted)],
    };
  },
};
