import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { textParameterOf, textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, plainTextOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";

/**
 * Removes the principals that the event added and the detection names from the service's list. Existing connections stay
 * until somebody rejects them.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePermissions.html
 */
export const fixVpcEndpointServiceOpened: Remediation = {
  id: "vpc-endpoint-service-opened",
  reads: ["ec2:DescribeVpcEndpointServicePermissions"],
  writes: ["ec2:ModifyVpcEndpointServicePermissions"],
  async plan({ record, region, match }: Finding, aws: CallAws) {
    const ServiceId = textParameterOf(record, "ServiceId");
    if (ServiceId === undefined) return refused("the record does not say which endpoint service it is");
    const call = callsTo("ec2", region);
    const gone = ["InvalidVpcEndpointServiceId.NotFound", "InvalidVpcEndpointService.NotFound"];
    const answer = await unlessGone(aws(call("DescribeVpcEndpointServicePermissions", { ServiceId })), gone);
    const live = listOf(answer?.AllowedPrincipals).map((one) => plainTextOf(fieldsOf(one).Principal));
    const principals = textsOf(match.evidence.map(({ value }) => value)).filter((one) => live.includes(one));
    const what = `the endpoint service ${ServiceId}`;
    if (principals.length === 0) return alreadyOk(`${what} admits nobody that the event added`);
    const modify = (how: "Add" | "Remove") =>
      call("ModifyVpcEndpointServicePermissions", { ServiceId, [`${how}AllowedPrincipals`]: principals });
    return {
      summary: `Remove ${principals.join(", ")} from the principals that ${what} admits`,
      calls: [{ ...modify("Remove"), doneWhen: gone }],
      rollback: [modify("Add")],
    };
  },
};
