import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, refused, requested, globalRegion } from "../support/outcomes";

/**
 * Disassociates the zone from the network, or revokes another account's authorization to associate them.
 *
 * Sources: https://docs.aws.amazon.com/Route53/latest/APIReference/API_DisassociateVPCFromHostedZone.html
 * and https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteVPCAssociationAuthorization.html
 */
export const fixRoute53ZoneAssociated: Remediation = {
  id: "route53-zone-associated",
  reads: ["route53:GetHostedZone", "route53:ListVPCAssociationAuthorizations"],
  writes: [
    // Required by the call that removes a network from a zone.
    "ec2:DescribeVpcs",
    "route53:DeleteVPCAssociationAuthorization",
    "route53:DisassociateVPCFromHostedZone",
  ],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["hostedZoneId"]);
    if ("outcome" in asked) return asked;
    const HostedZoneId = asked.values.hostedZoneId;
    const vpc = fieldsOf(fieldsOf(finding.record.requestParameters).vPC);
    const VPCId = textOf(fieldOf(vpc, "vPCId"));
    const VPCRegion = textOf(fieldOf(vpc, "vPCRegion"));
    if (VPCId === undefined || VPCRegion === undefined)
      return refused("the record does not say which network it is");
    const isAssociation = nameOf(finding.record) === "AssociateVPCWithHostedZone";
    const place = globalRegion("route53", finding);
    if ("outcome" in place) return place;
    const call = callsTo("route53", place.region);
    const gone = ["NoSuchHostedZone", "VPCAssociationNotFound", "VPCAssociationAuthorizationNotFound"];
    const answer = await unlessGone(
      aws(
        isAssociation
          ? call("GetHostedZone", { Id: HostedZoneId })
          : call("ListVPCAssociationAuthorizations", { HostedZoneId }),
      ),
      gone,
    );
    const live = listOf(answer?.VPCs).map(fieldsOf);
    const what = `the network ${VPCId} and the hosted zone ${HostedZoneId}`;
    if (!live.some((one) => one.VPCId === VPCId)) return alreadyOk(`${what} are no longer associated`);
    if (isAssociation && live.length === 1)
      return refused(`${VPCId} is the only network of the zone, which Route 53 does not disassociate`);
    const input = { HostedZoneId, VPC: { VPCId, VPCRegion } };
    const [take, give] = isAssociation
      ? ["DisassociateVPCFromHostedZone", "AssociateVPCWithHostedZone"]
      : ["DeleteVPCAssociationAuthorization", "CreateVPCAssociationAuthorization"];
    return {
      summary: `Disassociate ${what}`,
      calls: [{ ...call(take, input), doneWhen: gone }],
      rollback: [call(give, input)],
    };
  },
};
