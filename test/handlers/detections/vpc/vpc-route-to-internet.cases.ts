import { call, type Cases } from "../support/cases";

const routeTableId = "rtb-0a1b2c3d4e5f60718";
const context = { protectedRouteTables: [routeTableId] };

function route(event: string, fields: Record<string, unknown> = {}) {
  return call(event, {
    routeTableId,
    gatewayId: "igw-0a1b2c3d",
    destinationCidrBlock: "0.0.0.0/0",
    ...fields,
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "created",
      record: route("ec2:CreateRoute"),
      context,
      evidence: "requestParameters.gatewayId",
      resources: [routeTableId],
    },
    {
      name: "replaced, IPv6",
      record: route("ec2:ReplaceRoute", {
        destinationCidrBlock: undefined,
        destinationIpv6CidrBlock: "::/0",
      }),
      context,
      evidence: "requestParameters.destinationIpv6CidrBlock",
    },
  ],
  quiet: [
    {
      name: "a table that is not protected",
      record: route("ec2:CreateRoute", { routeTableId: "rtb-0b" }),
      context,
    },
    { name: "no table is protected", record: route("ec2:CreateRoute") },
    {
      name: "a NAT gateway",
      record: route("ec2:ReplaceRoute", { gatewayId: undefined, natGatewayId: "nat-0a" }),
      context,
    },
    {
      name: "one network",
      record: route("ec2:CreateRoute", { destinationCidrBlock: "198.51.100.0/24" }),
      context,
    },
  ],
};
