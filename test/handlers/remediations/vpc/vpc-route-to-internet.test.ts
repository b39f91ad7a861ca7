import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("vpc-route-to-internet", () => {
  const RouteTableId = "rtb-0123456789abcdef0";
  const GatewayId = "igw-0123456789abcdef0";
  const attack = (destination: object, live: unknown, event = "CreateRoute") =>
    plannedFor(
      "vpc-route-to-internet",
      `ec2:${event}`,
      { requestParameters: { routeTableId: RouteTableId, gatewayId: GatewayId, ...destination } },
      {
        configured: { protectedRouteTables: [RouteTableId] },
        aws: { "ec2:DescribeRouteTables": live as never },
      },
    );
  const routes = (...Routes: object[]) => ({ RouteTables: [{ RouteTableId, Routes }] });

  for (const [parameter, member, destination, asked = destination] of [
    ["destinationCidrBlock", "DestinationCidrBlock", "0.0.0.0/0"],
    // EC2 keeps the network, not the address in it that the call may have named.
    ["destinationCidrBlock", "DestinationCidrBlock", "0.0.0.0/0", "203.0.113.7/0"],
    ["destinationIpv6CidrBlock", "DestinationIpv6CidrBlock", "::/0"],
    ["destinationIpv6CidrBlock", "DestinationIpv6CidrBlock", "::/0", "2001:db8::/0"],
  ] as const)
    it(`deletes the route to ${asked}, and would create it`, async () => {
      const route = { RouteTableId, [member]: destination };
      expectPlan(
        await attack(
          { [parameter]: asked },
          routes(
            { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local" },
            { [member]: destination, GatewayId },
          ),
        ),
        [["DeleteRoute", route]],
        [["CreateRoute", { ...route, GatewayId }]],
      );
    });

  it("otherwise says what it finds", async () => {
    const four = { destinationCidrBlock: "0.0.0.0/0" };
    expectOutcome(await attack(four, routes()), "already-ok");
    expectOutcome(await attack(four, failing("InvalidRouteTableID.NotFound")), "already-ok");
    const elsewhere = { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-0123456789abcdef0" };
    expectOutcome(await attack(four, routes(elsewhere)), "changed-since");
    expectOutcome(await attack(four, {}, "ReplaceRoute"), "needs-baseline");
  });
});
