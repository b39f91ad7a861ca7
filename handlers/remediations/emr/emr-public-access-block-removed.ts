import { type CallAws, callsTo } from "../../aws/call";
import { isTrue } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { fieldsOf, given } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk } from "../support/outcomes";

/**
 * Blocks clusters with public security groups again; the permitted ports stay as they are.
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
    if (isTrue(live.BlockPublicSecurityGroupRules))
      return alreadyOk(`public EMR clusters in ${region} are blocked`);
    const put = (BlockPublicSecurityGroupRules: boolean) =>
      call("PutBlockPublicAccessConfiguration", {
        BlockPublicAccessConfiguration: given({
          BlockPublicSecurityGroupRules,
          PermittedPublicSecurityGroupRuleRanges: live.PermittedPublicSecurityGroupRuleRanges,
        }),
      });
    return { summary: `Block public EMR clusters in ${region}`, calls: [put(true)], rollback: [put(false)] };
  },
};
