import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, requested } from "../support/outcomes";
import { sameNetwork } from "../support/networks";

/**
 * Deletes the route that the event created, if it still leads to that gateway. The record does not contain where a replaced
 * route led before.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRoute.html
 */
export const fixVpcRouteToInternet: Remediation = {
  id: "vpc-route-to-internet",
  reads: ["ec2:DescribeRouteTables"],
  writes: ["ec2:DeleteRoute"],
  async plan(finding: Finding, aws: CallAws) {
    const { record, region } = finding;
    if (nameOf(record) === "ReplaceRoute")
      return needsBaseline("the record does not contain the route as it was before it was replaced");
    const six = fieldsOf(record.requestParameters).destinationIpv6CidrBlock !== undefined;
    const parameter = six ? "destinationIpv6CidrBlock" : "destinationCidrBlock";
    const asked = requested(finding, ["routeTableId", "gatewayId", parameter]);
    if ("outcome" in asked) return asked;
    const { routeTableId: RouteTableId, gatewayId: GatewayId } = asked.values;
    const member = six ? "DestinationIpv6CidrBlock" : "DestinationCidrBlock";
    const call = callsTo("ec2", region);
    const answer = await unlessGone(aws(call("DescribeRouteTables", { RouteTableIds: [RouteTableId] })), [
      "InvalidRouteTableID.NotFound",
    ]);
    const routes = listOf(answer?.RouteTables).flatMap((table) =>
      listOf(fieldsOf(table).Routes).map(fieldsOf),
    );
    const live = routes.find((candidate) => sameNetwork(candidate[member], asked.values[parameter]));
    const what = `the route to ${asked.values[parameter]} in ${RouteTableId}`;
    if (live === undefined) return alreadyOk(`${what} is gone`);
    if (live.GatewayId !== GatewayId) return changedSince(`${what} now goes elsewhere`);
    const route = { RouteTableId, [member]: live[member] };
    return {
      summary: `Delete ${what}`,
      calls: [
        {
          ...call("DeleteRoute", route),
          doneWhen: ["InvalidRoute.NotFound", "InvalidRouteTableID.NotFound"],
        },
      ],
      rollback: [call("CreateRoute", { ...route, GatewayId })],
    };
  },
};
