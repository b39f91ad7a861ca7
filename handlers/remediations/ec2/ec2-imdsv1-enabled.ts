import { type Call, type CallAws, callsTo } from "../../aws/call";
import { fieldsOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, needsBaseline, refused } from "../support/outcomes";
import { instanceGone, instancesOf } from "../support/instances";

/**
 * Requires tokens (IMDSv2) for the instance again, or in the account's defaults for the region. The other metadata options
 * stay, and so does a raised hop limit, because the record does not contain the previous one.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html
 */
export const fixEc2Imdsv1Enabled: Remediation = {
  id: "ec2-imdsv1-enabled",
  reads: ["ec2:DescribeInstances", "ec2:GetInstanceMetadataDefaults"],
  writes: ["ec2:ModifyInstanceMetadataOptions", "ec2:ModifyInstanceMetadataDefaults"],
  async plan(finding: Finding, aws: CallAws) {
    const { record, region } = finding;
    if (parameterOf(record, "httpTokens") !== "optional")
      return needsBaseline("the record does not contain the hop limit as it was before it was raised");
    const call = callsTo("ec2", region);
    if (nameOf(record) === "ModifyInstanceMetadataDefaults") {
      const answer = await aws(call("GetInstanceMetadataDefaults", {}));
      const live = fieldsOf(answer.AccountLevel).HttpTokens;
      return planned(`the account's defaults in ${region}`, live, (HttpTokens) =>
        call("ModifyInstanceMetadataDefaults", { HttpTokens }),
      );
    }
    const InstanceId = textParameterOf(record, "instanceId");
    if (InstanceId === undefined) return refused("the record does not say which instance");
    const [instance] = await instancesOf([InstanceId], region, aws);
    if (instance === undefined || instance.State?.Name === "terminated")
      return alreadyOk(`the instance ${InstanceId} is gone`);
    const live = fieldsOf(instance.MetadataOptions).HttpTokens;
    return planned(
      `the instance ${InstanceId}`,
      live,
      (HttpTokens) => call("ModifyInstanceMetadataOptions", { InstanceId, HttpTokens }),
      { doneWhen: instanceGone },
    );
  },
};

function planned(
  what: string,
  live: unknown,
  set: (tokens: string) => Call,
  more: Pick<Call, "doneWhen"> = {},
): Plan | NoPlan {
  if (live !== "optional") return alreadyOk(`${what} requires IMDSv2`);
  return {
    summary: `Require IMDSv2 for ${what}`,
    calls: [{ ...set("required"), ...more }],
    rollback: [set("optional")],
  };
}
